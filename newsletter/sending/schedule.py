"""Send, schedule, approve, pause, resume, stop, and send again to those who did not get it. One function a button.

What takes longer the more readers there are, the worker does: pressing Send freezes the words, `start_due_issues` writes the ledger.
"""

import datetime
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from core.models import User
from newsletter.compose.previews import mail_of, new_place
from newsletter.enums.issues import DeliveryStatus, IssueStatus, MissingEdition, Refusal, SystemNote
from newsletter.issues.editions import drafts_of
from newsletter.issues.status import change_status, lock_issue
from newsletter.models import Delivery, FrozenEdition, Issue, IssuePage, Subscriber
from newsletter.preflight.state import state_of
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.querysets.subscribers import SubscriberQuerySet
from newsletter.signals import sending_is_due

# One statement whatever the number of readers. Each is held until it is committed: who is being erased or leaves at this very moment
# either comes first and is left out, or waits and finds her delivery. (SQLite has one transaction at a time.)
ENLIST = """
INSERT INTO newsletter_delivery (issue_id, edition_id, subscriber_id, status, attempts, next_try_at, claim, answer)
SELECT %s, %s, audience.reader, %s, 0, %s, '', '' FROM ({audience}{held}) AS audience
"""
HELD = {"postgresql": ' FOR KEY SHARE OF "newsletter_subscriber"'}

logger = logging.getLogger(__name__)
# From so many new rows on, the planner is told.
LARGE = 500
MISSED = (DeliveryStatus.REFUSED, DeliveryStatus.CANCELLED)


class CannotSend(Exception):
    """`reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason.value))
        self.reason = reason


@transaction.atomic
def send_issue(
    *,
    issue_id: int,
    now: datetime.datetime,
    by: User,
    send_at: datetime.datetime | None = None,
    missing_edition: str = MissingEdition.NOTHING,
) -> Issue:
    """Freezes the words, to be sent now or at `send_at`; with four eyes it first waits for a second person.

    Raises CannotSend, TransitionNotAllowed.
    """
    issue = lock_issue(issue_id, IssueStatus.DRAFT)
    if send_at and send_at <= now:
        raise CannotSend(Refusal.PAST)
    drafts = drafts_of(issue)
    freeze_words(issue=issue, drafts=drafts, now=now)
    if not state_of(issue, drafts).is_green:
        raise CannotSend(Refusal.FINDINGS)
    issue.trouble = ""
    issue.send_at = send_at
    issue.missing_edition = missing_edition
    if settings.NEWSLETTER_FOUR_EYES:
        change_status(issue=issue, to=IssueStatus.AWAITING, now=now, by=by)
    else:
        schedule(issue=issue, now=now, by=by)
    return issue


@transaction.atomic
def approve_issue(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """The second person agrees. Raises CannotSend when it is the first one, TransitionNotAllowed."""
    issue = lock_issue(issue_id, IssueStatus.AWAITING)
    asked = issue.transitions.filter(to_status=IssueStatus.AWAITING).order_by("-pk").first()
    if asked and asked.by_id == by.pk:
        raise CannotSend(Refusal.SAME_PERSON)
    schedule(issue=issue, now=now, by=by)
    return issue


def schedule(*, issue: Issue, now: datetime.datetime, by: User | None) -> None:
    """To leave at the moment that was chosen, or now when there is none or it is over. The issue is locked, its words are frozen.

    Raises CannotSend when it would leave now and there is nobody; later, somebody may be there.
    """
    issue.send_at = max(issue.send_at or now, now)
    is_due = issue.send_at == now
    if is_due and not any(readers.exists() for _edition, readers in _newcomers(issue, now)):
        raise CannotSend(Refusal.NOBODY)
    change_status(issue=issue, to=IssueStatus.SCHEDULED, now=now, by=by)
    if is_due:
        sending_is_due.send(sender=Issue, issue_id=issue.pk)


def start_due_issues(*, now: datetime.datetime) -> list[int]:
    """Begins what is to leave now or was scheduled for a moment that has come; returns which. A worker calls it at once and at every beat.

    Each issue by itself: one that cannot leave is a draft again that says why, and no other waits for it.
    """
    return [issue_id for issue_id in list(Issue.objects.due(now).values_list("pk", flat=True)) if _has_begun(issue_id, now)]


def _has_begun(issue_id: int, now: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            issue = _due(issue_id, now)
            if issue:
                begin(issue=issue, now=now)
            return issue is not None
    except CannotSend as refusal:
        reason = refusal.reason
    except (OperationalError, InterfaceError):
        # The database's own trouble (a deadlock, a restart): the next beat tries again.
        logger.exception("Issue %s of the newsletter could not begin.", issue_id)
        return False
    except Exception:
        logger.exception("Issue %s of the newsletter could not begin.", issue_id)
        reason = Refusal.ACCIDENT
    with transaction.atomic():
        issue = _due(issue_id, now)
        if issue:
            _take_back(issue, now, by=None, reason=reason.value)
    return False


def _due(issue_id: int, now: datetime.datetime) -> Issue | None:
    """The issue under its lock; None when it is due no more, or in the hands of somebody else."""
    return Issue.objects.due(now).select_for_update(skip_locked=True, no_key=True).filter(pk=issue_id).first()


def begin(*, issue: Issue, now: datetime.datetime) -> None:
    """Writes the audience into the ledger, publishes what was frozen, and sends. The issue is locked. Raises CannotSend."""
    enlist(issue=issue, now=now)
    if not issue.deliveries.exists():
        raise CannotSend(Refusal.NOBODY)
    for edition in issue.editions.select_related("revision"):
        _publish(edition)
    issue.started_at = issue.started_at or now
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=None)


def _publish(edition: FrozenEdition) -> None:
    """The very revision that was frozen, now: whatever day somebody set on the page by hand, its mail leaves today."""
    if edition.revision is None:
        raise CannotSend(Refusal.UNPUBLISHABLE)
    action = PublishPageRevisionAction(edition.revision)
    action.object.go_live_at = None
    try:
        action.execute()
    except ValidationError as error:
        raise CannotSend(Refusal.UNPUBLISHABLE) from error


def freeze_words(*, issue: Issue, drafts: list[IssuePage], now: datetime.datetime) -> None:
    """Subject, HTML and text of every edition as its draft says. Raises CannotSend when there is none, or one cannot be published."""
    if not drafts:
        raise CannotSend(Refusal.NO_EDITION)
    issue.editions.all().delete()
    for page in drafts:
        try:
            page.full_clean()
        except ValidationError as error:
            raise CannotSend(Refusal.UNPUBLISHABLE) from error
        place = new_place()
        mail = mail_of(page, place)
        FrozenEdition.objects.create(
            issue=issue,
            language=page.locale.language_code,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            web_url=page.get_full_url() or "",
            revision_id=page.latest_revision_id,
            place=place,
            frozen_at=now,
        )


def enlist(*, issue: Issue, now: datetime.datetime) -> int:
    """Adds to the ledger everybody who may get mail now and is not in it yet; returns how many."""
    count = 0
    for edition, readers in _newcomers(issue, now):
        audience = readers.order_by("pk").values(reader=F("pk"))
        sql, parameters = audience.query.sql_with_params()
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(now)
            statement = ENLIST.format(audience=sql, held=HELD.get(connection.vendor, ""))
            cursor.execute(statement, [issue.pk, edition.pk, DeliveryStatus.WAITING.value, moment, *parameters])
            count += cursor.rowcount
    if count >= LARGE:
        _tell_the_planner()
    return count


def _tell_the_planner() -> None:
    """It learns of thousands of new rows a minute later by itself; until then it would read the whole ledger for each hand."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE newsletter_delivery")


def _newcomers(issue: Issue, now: datetime.datetime) -> Iterator[tuple[FrozenEdition, SubscriberQuerySet]]:
    """For each language with an edition (its own, or the French one by the rule of the issue) the readers not yet in the ledger."""
    editions = {edition.language: edition for edition in issue.editions.all()}
    # An empty ledger holds nobody: asked once, not for each reader.
    already = Delivery.objects.filter(issue=issue, subscriber=OuterRef("pk")) if issue.deliveries.exists() else None
    fallback = editions.get("fr") if issue.missing_edition == MissingEdition.FRENCH else None
    for language, _name in settings.LANGUAGES:
        edition = editions.get(language) or fallback
        if edition:
            readers = Subscriber.objects.sendable(language, now)
            yield edition, readers if already is None else readers.filter(~Exists(already))


@dataclass(frozen=True, slots=True)
class Rest:
    """Those a finished issue did not reach."""

    newcomers: int
    missed: int
    uncertain: int


def count_the_rest(issue: Issue, now: datetime.datetime) -> Rest:
    """How many `send_to_the_rest` would reach."""
    return Rest(
        newcomers=sum(readers.count() for _edition, readers in _newcomers(issue, now)),
        missed=_missed(issue, now, MISSED).count(),
        uncertain=_missed(issue, now, (DeliveryStatus.UNCERTAIN,)).count(),
    )


def _missed(issue: Issue, now: datetime.datetime, statuses: Iterable[str]) -> DeliveryQuerySet:
    return issue.deliveries.filter(status__in=statuses, subscriber__in=Subscriber.objects.audience(now))


@transaction.atomic
def call_off(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """Back to a draft before the first mail: what was frozen is forgotten. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    _take_back(issue, now, by)
    return issue


def _take_back(issue: Issue, now: datetime.datetime, by: User | None, reason: str = "") -> None:
    issue.send_at = None
    issue.trouble = reason
    change_status(issue=issue, to=IssueStatus.DRAFT, now=now, by=by, reason=reason)
    issue.editions.all().delete()


@transaction.atomic
def pause_issue(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """No further mail leaves; those in hand are finished. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    change_status(issue=issue, to=IssueStatus.PAUSED, now=now, by=by)
    return issue


@transaction.atomic
def resume_issue(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """Goes on where it stopped. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id, IssueStatus.PAUSED)
    issue.trouble = ""
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=by)
    return issue


@transaction.atomic
def stop_issue(*, issue_id: int, now: datetime.datetime, by: User, reason: str) -> Issue:
    """Whoever did not get it yet does not get it. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    issue.finished_at = now
    issue.trouble = ""
    change_status(issue=issue, to=IssueStatus.CANCELLED, now=now, by=by, reason=reason)
    issue.deliveries.waiting().update(status=DeliveryStatus.CANCELLED, done_at=now)
    return issue


@transaction.atomic
def send_to_the_rest(*, issue_id: int, now: datetime.datetime, by: User, with_uncertain: bool = False) -> int:
    """Sends what was sent to those who did not get it: newcomers, refused ones, those a stop left out; the uncertain only on demand.

    Returns how many. Raises TransitionNotAllowed, and CannotSend when there is nobody.
    """
    issue = lock_issue(issue_id, IssueStatus.SENT, IssueStatus.CANCELLED)
    again = _missed(issue, now, (*MISSED, DeliveryStatus.UNCERTAIN) if with_uncertain else MISSED)
    count = again.update(
        status=DeliveryStatus.WAITING, attempts=0, next_try_at=now, claim="", claimed_at=None, done_at=None, code=None, answer=""
    )
    count += enlist(issue=issue, now=now)
    if not count:
        raise CannotSend(Refusal.NOBODY)
    issue.finished_at = None
    issue.trouble = ""
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=by, reason=SystemNote.TO_THE_REST.value)
    return count
