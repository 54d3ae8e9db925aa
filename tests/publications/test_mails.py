"""Every mail about copies on paper, in every language: both parts, nothing of another language, and the right links."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.utils import timezone

from core.models import OutgoingMail
from publications.models import Edition, PaperOrder
from publications.orders import mails
from publications.roles import LIBRARIAN
from tests.core.factories import UserFactory
from tests.publications.every_mail import TO_READERS, send
from tests.publications.factories import EditionFactory, EditionFileFactory

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "en")
TITLE = "Gezelschap & <dieren>"
ADDRESS = "Rue de l’Exemple 7, 1000 Bruxelles"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

# What readers of any language read alike: facts, not sentences.
FACTS = {ADDRESS, "Smes", "--"}
LINK = re.compile(r"https?://\S+")

CAN_CANCEL = {"order_reserved", "order_waiting", "order_already"}
OFFERS_THE_FILE = {"order_waiting", "order_sent", "order_cancelled"}

every_kind = pytest.mark.parametrize("kind", TO_READERS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(title=TITLE, languages=["fr", "nl"])
    EditionFileFactory(edition=edition)
    return edition


def warn(edition: Edition, copies: int = 3) -> OutgoingMail:
    """The mail to the librarian, which has one reader."""
    (mail,) = mails.low_stock(edition, copies=copies, now=timezone.now())
    return mail


@pytest.fixture
def librarian() -> None:
    UserFactory().groups.add(Group.objects.get(name=LIBRARIAN.name))


def in_html(mail: OutgoingMail) -> list[str]:
    """The words people see of the HTML part, piece by piece."""
    body = BeautifulSoup(mail.html, "html.parser").body
    assert body
    return list(body.stripped_strings)


def sentences(mail: OutgoingMail) -> dict[str, set[str]]:
    """What a mail says in its language, without facts and links. Shape: {part: {sentence}}."""
    parts = {"subject": [mail.subject.replace(TITLE, "")], "text": mail.text.splitlines(), "html": in_html(mail)}
    cleaned = {name: {" ".join(piece.replace(TITLE, "").split()) for piece in pieces} - FACTS - {""} for name, pieces in parts.items()}
    return {name: {piece for piece in pieces if not LINK.fullmatch(piece)} for name, pieces in cleaned.items()}


def shared(one: OutgoingMail, other: OutgoingMail) -> dict[str, set[str]]:
    """Sentences that stand in both mails, by part: a word left untranslated is one."""
    ours, theirs = sentences(one), sentences(other)
    return {part: ours[part] & theirs[part] for part in ours if ours[part] & theirs[part]}


def test_every_mail_of_the_app_is_tested_here() -> None:
    assert {path.stem for path in (TEMPLATES / "publications/mail").glob("*.mjml")} == {*TO_READERS, "low_stock"}


@every_language
@every_kind
def test_both_parts_say_the_same_in_the_language_of_the_reader(kind: str, language: str, edition: Edition) -> None:
    mail = send(kind, edition, language)
    assert (mail.kind, mail.to, mail.language) == (f"publications/mail/{kind}", "a@example.org", language)
    assert TITLE in mail.subject, "not escaped: a subject is no HTML"
    assert set(re.findall(r'\blang="([^"]*)"', mail.html)) == {language}
    told = sentences(mail)
    assert len(told["text"]) >= 5
    assert told["text"] - told["html"] == set(), "the HTML part says all that the text part says"
    for part in (mail.text, " ".join(in_html(mail))):
        assert TITLE in part
        assert ADDRESS in part
        assert "Alix Exemple" in part
        assert "{" + "{" not in part
        assert "{" + "%" not in part
    assert "<dieren>" not in mail.html, "a title is text, not markup"
    assert len(mail.html) < 30_000


@pytest.mark.parametrize("copies", [1, 2])
@every_kind
def test_no_sentence_is_left_in_another_language(kind: str, copies: int, edition: Edition) -> None:
    french, dutch, english = (send(kind, edition, language, copies) for language in LANGUAGES)
    assert shared(french, english) == {}
    assert shared(dutch, english) == {}
    assert shared(french, dutch) == {}


def test_the_search_for_other_languages_would_find_a_sentence_left_in_english(edition: Edition) -> None:
    """The control of the test above."""
    french, english = send("order_sent", edition, "fr"), send("order_sent", edition, "en")
    left = "They left by post today. The post usually takes a few working days. We erase your address in three months."
    assert left in english.text
    french.text += left
    french.html = french.html.replace("</body>", f"<p>{left}</p></body>")
    assert shared(french, english) == {"text": {left}, "html": {left}}


@every_language
@every_kind
def test_links_lead_to_the_order_and_to_the_file_where_they_help(kind: str, language: str, edition: Edition) -> None:
    mail = send(kind, edition, language)
    order = PaperOrder.objects.get()
    for part in (mail.text, mail.html):
        assert (order.token in part) is (kind in CAN_CANCEL)
        assert (f"/files/{edition.reference}/" in part) is (kind in OFFERS_THE_FILE)
        assert f"/{language}/" in part
        for other in set(LANGUAGES) - {language}:
            assert f"/{other}/" not in part
    for link in LINK.findall(mail.text):
        assert f'href="{link}"' in mail.html


@every_kind
def test_nothing_is_offered_to_download_when_there_is_no_file(kind: str) -> None:
    assert "/files/" not in send(kind, EditionFactory(), "fr").html


@every_language
def test_the_low_stock_mail_is_in_the_default_language(language: str, edition: Edition, librarian: None, settings: Any) -> None:
    """French; the other languages are ready should Smes change it."""
    assert settings.LANGUAGE_CODE == "fr"
    settings.LANGUAGE_CODE = language
    mail = warn(edition)
    assert mail.language == language
    assert TITLE in mail.subject
    assert set(re.findall(r'\blang="([^"]*)"', mail.html)) == {language}
    told = sentences(mail)
    assert told["text"] - told["html"] == set()
    link = next(link for link in LINK.findall(mail.text) if "/admin/" in link)
    assert f"/{edition.pk}/" in link
    assert f'href="{link}"' in mail.html


@pytest.mark.parametrize("copies", [1, 3])
def test_the_warning_has_no_sentence_in_another_language(copies: int, edition: Edition, librarian: None, settings: Any) -> None:
    sent = {}
    for settings.LANGUAGE_CODE in LANGUAGES:
        sent[settings.LANGUAGE_CODE] = warn(edition, copies)
    assert f"{copies} " in sent["fr"].text
    assert shared(sent["fr"], sent["en"]) == {}
    assert shared(sent["nl"], sent["en"]) == {}
    assert shared(sent["fr"], sent["nl"]) == {}


def test_who_cancelled_waits_for_nothing_and_who_gets_copies_knows_how_long(edition: Edition) -> None:
    cancelled, sent = send("order_cancelled", edition, "fr"), send("order_sent", edition, "fr")
    assert "attendant" not in cancelled.text + cancelled.html
    assert "quelques jours ouvrables" in sent.text
