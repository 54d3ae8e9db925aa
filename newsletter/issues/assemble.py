"""Plans an issue, and fills its editions with what was picked."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.models import User
from newsletter.enums.issues import IssueStatus, SectionKind
from newsletter.issues.editions import drafts_of
from newsletter.issues.sources import Proposal, ProposalText
from newsletter.issues.status import lock_issue
from newsletter.models import Issue, IssuePage, NewsletterIndexPage

# No issue in August: the office is closed and so are most of those who read it.
SKIPPED_MONTH = 8


class CannotAssemble(Exception):
    """The issue is no draft (its content is frozen), or the newsletter has no page in the language."""


class AlreadyPlanned(Exception):
    """The next issue exists already: another user, or a second click, was faster."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A chosen proposal: its position, and its texts where they were shortened (language → title, text)."""

    proposal: Proposal
    position: int = 0
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)


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

    A pick without text in a language is left out of that edition. Raises CannotAssemble.
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
    """The stream with each pick at the end of its section; new sections are inserted in their usual order."""
    stream = [dict(block) for block in body]
    for pick in picks:
        block = _block(pick, language)
        if block and not _holds(stream, block):
            _section(stream, pick.proposal.section_kind)["value"]["items"].append(block)
    return stream


def _block(pick: Pick, language: str) -> dict[str, Any] | None:
    text = pick.proposal.texts.get(language)
    if text is None:
        return None
    own = _own_text(pick, text, language)
    if pick.proposal.session_id:
        return _named("training", {"session": str(pick.proposal.session_id), **own})
    note = pick.proposal.note.get(language, "")
    return _named("item", {"page": text.page_id, "url": text.url, "note": note, **own})


def _own_text(pick: Pick, proposed: ProposalText, language: str) -> dict[str, str]:
    """Empty where it equals the page's own text, so that a later correction of the page shows here. Without a page, the text itself."""
    title, text = pick.texts.get(language, (proposed.title, proposed.text))
    if proposed.page_id is None:
        return {"title": title or proposed.title, "text": text}
    return {"title": title if title != proposed.title else "", "text": text if text != proposed.text else ""}


def _named(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _holds(stream: list[dict[str, Any]], block: dict[str, Any]) -> bool:
    return any(_about(item) == _about(block) for each in stream if each["type"] == "rubric" for item in each["value"]["items"])


def _about(block: dict[str, Any]) -> str:
    """What an item is about: a session, a page or a URL; else itself."""
    value = block["value"]
    name = next((name for name in ("session", "page", "url") if value.get(name)), "")
    return f"{name} {value[name]}" if name else str(block["id"])


def _section(stream: list[dict[str, Any]], kind: SectionKind) -> dict[str, Any]:
    order = [each.value for each in SectionKind]
    for each in stream:
        if each["type"] == "rubric" and each["value"]["rubric"] == kind:
            return each
    new = _named("rubric", {"rubric": kind.value, "items": []})
    later = (
        number
        for number, each in enumerate(stream)
        if each["type"] == "rubric" and order.index(each["value"]["rubric"]) > order.index(kind.value)
    )
    stream.insert(next(later, len(stream)), new)
    return new
