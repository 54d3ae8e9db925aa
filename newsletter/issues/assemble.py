"""Plan an issue, and fill its editions with what was picked."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.models import User
from newsletter.enums.issues import IssueStatus, Rubric
from newsletter.issues.editions import drafts_of
from newsletter.issues.sources import Proposal, Words
from newsletter.issues.status import lock_issue
from newsletter.models import Issue, IssuePage, NewsletterIndexPage

# No issue in August: the office is closed and so are most of those who read it.
SKIPPED_MONTH = 8


class CannotAssemble(Exception):
    """The issue is no draft (its words are frozen), or the newsletter has no page in the language."""


class AlreadyPlanned(Exception):
    """Somebody else, or a second press of the same button, was quicker."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A proposal somebody chose: its place, and its words where they were shortened (language → title, text)."""

    proposal: Proposal
    position: int = 0
    words: dict[str, tuple[str, str]] = field(default_factory=dict)


def next_month(after: datetime.date) -> datetime.date:
    """The month after, August left out."""
    month = (after.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    return next_month(month) if month.month == SKIPPED_MONTH else month


@transaction.atomic
def plan_issue(*, now: datetime.datetime, is_example: bool = False) -> Issue:
    """The next issue: the number after the latest one, for the month after it, never for one that is over. Raises AlreadyPlanned."""
    latest = Issue.objects.select_for_update(no_key=True).order_by("-number").first()
    this_month = timezone.localdate(now).replace(day=1)
    month = next_month(latest.month) if latest else this_month
    if month < this_month:
        month = this_month
    if month.month == SKIPPED_MONTH:
        month = next_month(month)
    try:
        with transaction.atomic():
            return Issue.objects.create(number=latest.number + 1 if latest else 1, month=month, is_example=is_example)
    except IntegrityError as error:
        raise AlreadyPlanned from error


@transaction.atomic
def assemble_issue(*, issue_id: int, picks: list[Pick], languages: list[str], by: User | None) -> list[IssuePage]:
    """Adds the picks to the editions in `languages`, creating those that are missing. What is there already stays as it is.

    A pick without words in a language is left out of that edition. Raises CannotAssemble.
    """
    issue = lock_issue(issue_id)
    if issue.status != IssueStatus.DRAFT:
        raise CannotAssemble(issue.get_status_display())
    drafts = {page.locale.language_code: page for page in drafts_of(issue)}
    ordered = sorted(picks, key=lambda pick: pick.position)
    filled = []
    for language in languages:
        page = drafts.get(language) or _new_page(issue, language)
        page.body = IssuePage.body.field.to_python(_with_picks(page.body.raw_data, ordered, language))
        # As it is: an editor may have saved it without a subject, which the checks name.
        page.save_revision(user=by, clean=False)
        filled.append(page)
    return filled


def _new_page(issue: Issue, language: str) -> IssuePage:
    parent = NewsletterIndexPage.in_language(language)
    if parent is None:
        raise CannotAssemble(language)
    with translation.override(language):
        page = IssuePage(
            issue=issue,
            locale=parent.locale,
            translation_key=issue.key,
            title=str(issue),
            slug=f"{issue.number}-{issue.month:%Y-%m}",
            subject=_("Newsletter of %(month)s") % {"month": issue.month_name},
            live=False,
            show_in_menus=False,
        )
    parent.add_child(instance=page)
    return page


def _with_picks(body: Any, picks: list[Pick], language: str) -> list[dict[str, Any]]:
    """The stream with each pick at the end of its rubric; rubrics that are new stand in their usual order."""
    stream = [dict(block) for block in body]
    for pick in picks:
        block = _block(pick, language)
        if block and not _holds(stream, block):
            _rubric(stream, pick.proposal.rubric)["value"]["items"].append(block)
    return stream


def _block(pick: Pick, language: str) -> dict[str, Any] | None:
    words = pick.proposal.words.get(language)
    if words is None:
        return None
    own = _own_words(pick, words, language)
    if pick.proposal.session_id:
        return _named("training", {"session": str(pick.proposal.session_id), **own})
    note = pick.proposal.note.get(language, "")
    return _named("item", {"page": words.page_id, "url": words.url, "note": note, **own})


def _own_words(pick: Pick, words: Words, language: str) -> dict[str, str]:
    """Words as the page has them are left to the page: a correction there arrives here. What is no page keeps its words."""
    title, text = pick.words.get(language, (words.title, words.text))
    if words.page_id is None:
        return {"title": title or words.title, "text": text}
    return {"title": title if title != words.title else "", "text": text if text != words.text else ""}


def _named(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _holds(stream: list[dict[str, Any]], block: dict[str, Any]) -> bool:
    return any(_about(item) == _about(block) for each in stream if each["type"] == "rubric" for item in each["value"]["items"])


def _about(block: dict[str, Any]) -> str:
    """What an item tells of: a session, a page or an address; of none of them, itself."""
    value = block["value"]
    name = next((name for name in ("session", "page", "url") if value.get(name)), "")
    return f"{name} {value[name]}" if name else str(block["id"])


def _rubric(stream: list[dict[str, Any]], rubric: Rubric) -> dict[str, Any]:
    order = [each.value for each in Rubric]
    for each in stream:
        if each["type"] == "rubric" and each["value"]["rubric"] == rubric:
            return each
    new = _named("rubric", {"rubric": rubric.value, "items": []})
    later = (
        number
        for number, each in enumerate(stream)
        if each["type"] == "rubric" and order.index(each["value"]["rubric"]) > order.index(rubric.value)
    )
    stream.insert(next(later, len(stream)), new)
    return new
