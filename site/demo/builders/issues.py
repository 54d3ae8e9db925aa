"""Issues of the newsletter: three that were sent to the invented readers, and the draft of this month. No mail leaves."""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from core import clock
from core.models import User
from demo.reading import LANGUAGES, sheet
from newsletter.enums.issues import SectionKind
from newsletter.issues.assemble import Pick, assemble_issue
from newsletter.issues.editions import drafts_of, pages_of
from newsletter.issues.site_sources import trainings_with_free_seats
from newsletter.issues.sources import Period, Proposal, ProposalText
from newsletter.models import Delivery, Issue, IssuePage, NewsletterIndexPage
from newsletter.roles import COMMUNICATION_OFFICER
from newsletter.sending import ledger
from newsletter.sending.schedule import freeze_editions, schedule, start_sending
from newsletter.sending.sender import BATCH_SIZE, finish_or_reschedule
from newsletter.sending.transport import Answer, Outcome

GAP = datetime.timedelta(seconds=0.4)
SECTION_KINDS = {
    "news": SectionKind.SMES,
    "events": SectionKind.EVENTS,
    "connect": SectionKind.SMES,
    "publications": SectionKind.PUBLICATIONS,
}


def build_issues(pages: dict[str, Any]) -> None:
    """Every issue of content/issues.yaml through the services of the desk."""
    content = sheet("issues")
    officer = User.objects.filter(groups__name=COMMUNICATION_OFFICER.name).first()
    _let_edit_pages()
    for wanted in content["issues"]:
        issue = Issue.objects.create(number=wanted["number"], month=wanted["month"], is_example=True)
        languages = wanted.get("languages", LANGUAGES)
        picks = [Pick(proposal, number) for number, proposal in enumerate(_proposals(wanted, pages))]
        for page in assemble_issue(issue_id=issue.pk, picks=picks, languages=list(languages), by=officer):
            _write(page, wanted, content["items"], officer)
        if "sent_at" in wanted:
            _send(issue, timezone.make_aware(datetime.datetime.fromisoformat(wanted["sent_at"])), wanted, officer)


def _let_edit_pages() -> None:
    """The officer edits and publishes below the newsletter's pages."""
    group = Group.objects.get(name=COMMUNICATION_OFFICER.name)
    for page in NewsletterIndexPage.objects.all():
        for codename in ("add_page", "change_page", "publish_page"):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=_permission(codename))


def _permission(codename: str) -> Any:
    return Permission.objects.get(content_type__app_label="wagtailcore", content_type__model="page", codename=codename)


def _proposals(wanted: dict[str, Any], pages: dict[str, Any]) -> Iterator[Proposal]:
    for key in wanted["pages"]:
        family = Page.objects.filter(translation_key=pages[key].translation_key).specific().select_related("locale")
        texts = {page.locale.language_code: ProposalText(page.title, page.summary, page.pk) for page in family}
        yield Proposal(key, SECTION_KINDS[key.partition("/")[0]], wanted["month"], texts)
    now = clock.now()
    yield from list(trainings_with_free_seats(Period(now, now)))[: wanted.get("sessions", 0)]


def _write(page: IssuePage, wanted: dict[str, Any], items: dict[str, Any], officer: User | None) -> None:
    """The words of the inbox, and what has no page of its own."""
    language = page.locale.language_code
    page.subject, page.preheader, page.intro = (wanted[name][language] for name in ("subject", "preheader", "intro"))
    page.search_description = page.preheader
    stream = [dict(block) for block in page.body.raw_data]
    for key in wanted["items"]:
        each = items[key]
        value = {"page": None, "url": each["url"], **{name: each[name][language] for name in ("title", "text", "note")}}
        stream.append(_block("rubric", {"rubric": each["rubric"], "items": [_block("item", value)]}))
    order = list(SectionKind)
    stream.sort(key=lambda block: order.index(block["value"]["rubric"]))
    page.body = IssuePage.body.field.to_python(stream)
    page.save_revision(user=officer)


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _send(issue: Issue, now: datetime.datetime, wanted: dict[str, Any], officer: User | None) -> None:
    """As on that day: the same services, an invented mail server."""
    drafts = drafts_of(issue)
    freeze_editions(issue=issue, drafts=drafts, now=now)
    schedule(issue=issue, now=now, by=officer)
    start_sending(issue=issue, now=now)
    answers = [
        *[Answer(Outcome.REFUSED, 550, "5.1.1 No such mailbox (example)")] * wanted.get("refused", 0),
        *[Answer(Outcome.UNCERTAIN, 0, "The connection was lost before the answer (example)")] * wanted.get("uncertain", 0),
    ]
    results: list[ledger.Result] = []
    while claims := ledger.claim_batch(issue_id=issue.pk, holder="demo", results=results, size=BATCH_SIZE, now=now):
        results = []
        for claim in claims:
            now += GAP
            answer = answers.pop() if answers else Answer(Outcome.ACCEPTED, 250, "2.0.0 Ok")
            results.append(ledger.Result(claim.delivery_id, answer, now))
    finish_or_reschedule(issue_id=issue.pk, now=now)
    for page in pages_of(issue):
        Page.objects.filter(pk=page.pk).update(first_published_at=issue.started_at, last_published_at=issue.started_at)
    assert not Delivery.objects.filter(issue=issue).waiting().exists()  # noqa: S101
