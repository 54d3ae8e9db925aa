"""Checks of one edition: its text, its size, its links as they are written."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from core.pages.links import pages_in_language
from newsletter.compose.content import IssueContent
from newsletter.compose.rendering import Mail
from newsletter.compose.richtext import SCHEMES
from newsletter.compose.size import STOP, WARN
from newsletter.enums.issues import TrainingState
from newsletter.models import IssuePage
from newsletter.preflight.findings import Finding, Level

LONGEST_SUBJECT = 70
# Small words that only one of the three languages has.
TELLTALE = {
    "fr": re.compile(r"\b(les|des|une|avec|pour|dans|vous|nous|cette|sont|est|du)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(het|een|van|voor|met|niet|zijn|wij|deze|naar|ook|aan)\b", re.IGNORECASE),
    "en": re.compile(r"\b(the|and|with|from|this|that|are|you|their|which|of)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A draft, its content and its mail."""

    page: IssuePage
    content: IssueContent
    mail: Mail
    unsubscribe_url: str

    @property
    def language(self) -> str:
        return self.content.language


def check_edition(edition: Edition) -> Iterable[Finding]:
    """Every finding about one edition."""
    yield from _inbox(edition)
    yield from _size(edition)
    yield from _items(edition)
    yield from _html(edition)
    yield from _language(edition)


def _inbox(edition: Edition) -> Iterable[Finding]:
    content, language = edition.content, edition.language
    if not edition.page.subject.strip():
        yield Finding("subject_missing", Level.STOP, language)
    if len(content.subject) > LONGEST_SUBJECT:
        yield Finding("subject_long", Level.LOOK, language, str(len(content.subject)))
    if not content.preheader:
        yield Finding("preheader_missing", Level.LOOK, language)
    elif content.preheader.casefold() == content.subject.casefold():
        yield Finding("preheader_same", Level.LOOK, language)


def _size(edition: Edition) -> Iterable[Finding]:
    size = len(edition.mail.html.encode())
    if size > STOP:
        yield Finding("size_stop", Level.STOP, edition.language, f"{size / 1000:.0f}")
    elif size > WARN:
        yield Finding("size_warn", Level.LOOK, edition.language, f"{size / 1000:.0f}")


def _items(edition: Edition) -> Iterable[Finding]:
    language = edition.language
    shown = [item for section in edition.content.sections for item in section.items]
    if not edition.content.sections:
        yield Finding("no_items", Level.STOP, language)
    for block in edition.page.body:
        if block.block_type == "rubric" and not block.value["items"]:
            yield Finding("rubric_empty", Level.LOOK, language, block.value["rubric"])
    yield from _picked_pages(edition)
    for item in shown:
        if not item.text and not item.note and not item.extra:
            yield Finding("item_without_words", Level.LOOK, language, item.title)
        if item.state == TrainingState.OVER:
            yield Finding("session_over", Level.LOOK, language, item.title)
        elif item.state in {TrainingState.CANCELLED, TrainingState.CLOSED}:
            # The state is part of the finding: an override of a closed enrolment must not cover a cancelled training.
            yield Finding("session_lost", Level.LOOK, language, f"{item.title} ({item.extra})")
    counted = Counter(item.url for item in shown if item.url)
    yield from (Finding("item_twice", Level.LOOK, language, url) for url in sorted(counted) if counted[url] > 1)


def _picked_pages(edition: Edition) -> Iterable[Finding]:
    """Picked pages, as the composer finds them: in the language of the edition, else as picked, else not at all."""
    language = edition.language
    sections = (block.value["items"] for block in edition.page.body if block.block_type == "rubric")
    picked = [child.value for items in sections for child in items if child.block_type == "item" and child.value["page"]]
    found = pages_in_language([value["page"].pk for value in picked], language)
    for value in picked:
        page = found.get(value["page"].pk)
        if page is None:
            yield Finding("page_lost", Level.LOOK, language, value["page"].title)
        elif (page.locale.language_code != language or not page.has_own_words) and not value["title"]:
            yield Finding("page_elsewhere", Level.LOOK, language, page.title)


def _html(edition: Edition) -> Iterable[Finding]:
    soup = BeautifulSoup(edition.mail.html, "html.parser")
    for picture in soup.find_all("img"):
        if picture.get("alt") is None:
            yield Finding("alt_missing", Level.STOP, edition.language, str(picture.get("src")))
    urls = list(dict.fromkeys(str(link.get("href") or "") for link in soup.find_all("a")))
    for url in urls:
        if urlsplit(url).scheme not in SCHEMES:
            yield Finding("relative_link", Level.STOP, edition.language, url or "–")
        elif url not in edition.mail.text:
            yield Finding("text_incomplete", Level.STOP, edition.language, url)
    if edition.unsubscribe_url not in urls:
        yield Finding("unsubscribe_missing", Level.STOP, edition.language)


def _language(edition: Edition) -> Iterable[Finding]:
    content = edition.content
    items = [item for section in content.sections for item in section.items]
    free = [BeautifulSoup(section.html, "html.parser").get_text(" ") for section in content.sections if section.html]
    text = " ".join((content.subject, content.intro, *free, *(f"{item.title} {item.text}" for item in items)))
    found = {language: len(pattern.findall(text)) for language, pattern in TELLTALE.items()}
    own = found.pop(content.language)
    other = max(found, key=lambda language: found[language])
    if found[other] >= 5 and found[other] > own / 3:
        yield Finding("language_mix", Level.LOOK, content.language, other.upper())
