"""Send, schedule, approve, pause, resume, stop, and send to those who were missed: one function per button.

Pressing Send freezes the content; whatever takes longer with more subscribers, the worker does (`start_due_issues`).
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
from newsletter.compose.previews import mail_of, new_token_placeholder
from newsletter.enums.issues import DeliveryStatus, IssueStatus, MissingEdition, Refusal, SystemNote
from newsletter.issues.editions import drafts_of
from newsletter.issues.status import change_status, lock_issue
from newsletter.models import Delivery, FrozenEdition, Issue, IssuePage, Subscriber
from newsletter.preflight.state import state_of
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.querysets.subscribers import SubscriberQuerySet
from newsletter.signals import sending_is_due

# One statement for any number of subscribers. Locks each subscriber row, so a concurrent erasure or unsubscribe runs either before (no
# delivery is created) or after (it sees the delivery). SQLite needs no lock: one transaction at a time.
INSERT_DELIVERIES = """
INSERT INTO newsletter_delivery (issue_id, edition_id, subscriber_id, status, attempts, next_try_at, claim, answer)
SELECT %s, %s, audience.subscriber_pk, %s, 0, %s, '', '' FROM ({audience}{row_lock}) AS audience
"""
ROW_LOCK = {"postgresql": ' FOR KEY SHARE OF "newsletter_subscriber"'}

logger = logging.getLogger(__name__)
# From so many new rows on, the planner's statistics are refreshed.
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
    """Freezes the content, to be sent now or at `send_at`; with four eyes it first waits for a second person.

    Raises CannotSend, TransitionNotAllowed.
    """
    issue = lock_issue(issue_id, IssueStatus.DRAFT)
    if send_at and send_at <= now:
        raise CannotSend(Refusal.PAST)
    drafts = drafts_of(issue)
    freeze_editions(issue=issue, drafts=drafts, now=now)
    if not state_of(issue, drafts).is_green:
        raise CannotSend(Refusal.FINDINGS)
    issue.pause_reason = ""
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
    request = issue.transitions.filter(to_status=IssueStatus.AWAITING).order_by("-pk").first()
    if request and request.by_id == by.pk:
        raise CannotSend(Refusal.SAME_PERSON)
    schedule(issue=issue, now=now, by=by)
    return issue


def schedule(*, issue: Issue, now: datetime.datetime, by: User | None) -> None:
    """Schedules the issue for `send_at`, or for now if that is empty or past. The issue must be locked, its content frozen.

    Raises CannotSend when it would be sent now and has no audience; a later one may still get an audience.
    """
    issue.send_at = max(issue.send_at or now, now)
    is_due = issue.send_at == now
    if is_due and not any(subscribers.exists() for _edition, subscribers in _not_in_ledger(issue, now)):
        raise CannotSend(Refusal.NOBODY)
    change_status(issue=issue, to=IssueStatus.SCHEDULED, now=now, by=by)
    if is_due:
        sending_is_due.send(sender=Issue, issue_id=issue.pk)


def start_due_issues(*, now: datetime.datetime) -> list[int]:
    """Starts sending the issues that are due; returns their ids. A worker calls it at once and at every heartbeat.

    One transaction per issue: one that cannot be sent becomes a draft again with the reason, and delays no other.
    """
    return [issue_id for issue_id in list(Issue.objects.due(now).values_list("pk", flat=True)) if _try_to_start(issue_id, now)]


def _try_to_start(issue_id: int, now: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            issue = _lock_due(issue_id, now)
            if issue:
                start_sending(issue=issue, now=now)
            return issue is not None
    except CannotSend as refusal:
        reason = refusal.reason
    except (OperationalError, InterfaceError):
        # The database failed (a deadlock, a restart): the next heartbeat tries again.
        logger.exception("Issue %s of the newsletter could not begin.", issue_id)
        return False
    except Exception:
        logger.exception("Issue %s of the newsletter could not begin.", issue_id)
        reason = Refusal.ACCIDENT
    with transaction.atomic():
        issue = _lock_due(issue_id, now)
        if issue:
            _back_to_draft(issue, now, by=None, reason=reason.value)
    return False


def _lock_due(issue_id: int, now: datetime.datetime) -> Issue | None:
    """The issue, locked; None when it is no longer due, or locked by another worker."""
    return Issue.objects.due(now).select_for_update(skip_locked=True, no_key=True).filter(pk=issue_id).first()


def start_sending(*, issue: Issue, now: datetime.datetime) -> None:
    """Creates the deliveries, publishes the frozen editions, and starts sending. The issue must be locked. Raises CannotSend."""
    create_deliveries(issue=issue, now=now)
    if not issue.deliveries.exists():
        raise CannotSend(Refusal.NOBODY)
    for edition in issue.editions.select_related("revision"):
        _publish(edition)
    issue.started_at = issue.started_at or now
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=None)


def _publish(edition: FrozenEdition) -> None:
    """Publishes the frozen revision now, even if a later go-live date was set on the page: its mail is sent today."""
    if edition.revision is None:
        raise CannotSend(Refusal.UNPUBLISHABLE)
    action = PublishPageRevisionAction(edition.revision)
    action.object.go_live_at = None
    try:
        action.execute()
    except ValidationError as error:
        raise CannotSend(Refusal.UNPUBLISHABLE) from error


def freeze_editions(*, issue: Issue, drafts: list[IssuePage], now: datetime.datetime) -> None:
    """Stores subject, HTML and text of every draft. Raises CannotSend when there is none, or one cannot be published."""
    if not drafts:
        raise CannotSend(Refusal.NO_EDITION)
    issue.editions.all().delete()
    for page in drafts:
        try:
            page.full_clean()
        except ValidationError as error:
            raise CannotSend(Refusal.UNPUBLISHABLE) from error
        token_placeholder = new_token_placeholder()
        mail = mail_of(page, token_placeholder)
        FrozenEdition.objects.create(
            issue=issue,
            language=page.locale.language_code,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            web_url=page.get_full_url() or "",
            revision_id=page.latest_revision_id,
            token_placeholder=token_placeholder,
            frozen_at=now,
        )


def create_deliveries(*, issue: Issue, now: datetime.datetime) -> int:
    """Adds a delivery for every eligible subscriber who has none yet; returns how many."""
    count = 0
    for edition, subscribers in _not_in_ledger(issue, now):
        audience = subscribers.order_by("pk").values(subscriber_pk=F("pk"))
        sql, parameters = audience.query.sql_with_params()
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(now)
            statement = INSERT_DELIVERIES.format(audience=sql, row_lock=ROW_LOCK.get(connection.vendor, ""))
            cursor.execute(statement, [issue.pk, edition.pk, DeliveryStatus.WAITING.value, moment, *parameters])
            count += cursor.rowcount
    if count >= LARGE:
        _refresh_statistics()
    return count


def _refresh_statistics() -> None:
    """Autovacuum would refresh the statistics only a minute later; until then each batch would read the whole table."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE newsletter_delivery")


def _not_in_ledger(issue: Issue, now: datetime.datetime) -> Iterator[tuple[FrozenEdition, SubscriberQuerySet]]:
    """For each language its edition (or the French one, by the rule of the issue) and the subscribers without a delivery."""
    editions = {edition.language: edition for edition in issue.editions.all()}
    # An empty ledger is asked once, not for each subscriber.
    in_ledger = Delivery.objects.filter(issue=issue, subscriber=OuterRef("pk")) if issue.deliveries.exists() else None
    fallback = editions.get("fr") if issue.missing_edition == MissingEdition.FRENCH else None
    for language, _name in settings.LANGUAGES:
        edition = editions.get(language) or fallback
        if edition:
            subscribers = Subscriber.objects.sendable(language, now)
            yield edition, subscribers if in_ledger is None else subscribers.filter(~Exists(in_ledger))


@dataclass(frozen=True, slots=True)
class MissedCounts:
    """Those a finished issue did not reach."""

    new_subscribers: int
    missed: int
    uncertain: int


def count_missed(issue: Issue, now: datetime.datetime) -> MissedCounts:
    """How many `send_to_missed` would reach."""
    return MissedCounts(
        new_subscribers=sum(subscribers.count() for _edition, subscribers in _not_in_ledger(issue, now)),
        missed=_missed(issue, now, MISSED).count(),
        uncertain=_missed(issue, now, (DeliveryStatus.UNCERTAIN,)).count(),
    )


def _missed(issue: Issue, now: datetime.datetime, statuses: Iterable[str]) -> DeliveryQuerySet:
    return issue.deliveries.filter(status__in=statuses, subscriber__in=Subscriber.objects.audience(now))


@transaction.atomic
def unschedule(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """Back to a draft before the first mail; the frozen editions are deleted. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    _back_to_draft(issue, now, by)
    return issue


def _back_to_draft(issue: Issue, now: datetime.datetime, by: User | None, reason: str = "") -> None:
    issue.send_at = None
    issue.pause_reason = reason
    change_status(issue=issue, to=IssueStatus.DRAFT, now=now, by=by, reason=reason)
    issue.editions.all().delete()


@transaction.atomic
def pause_issue(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """No further batch is claimed; the mail being sent is finished. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    change_status(issue=issue, to=IssueStatus.PAUSED, now=now, by=by)
    return issue


@transaction.atomic
def resume_issue(*, issue_id: int, now: datetime.datetime, by: User) -> Issue:
    """Continues where it stopped. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id, IssueStatus.PAUSED)
    issue.pause_reason = ""
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=by)
    return issue


@transaction.atomic
def stop_issue(*, issue_id: int, now: datetime.datetime, by: User, reason: str) -> Issue:
    """Cancels the deliveries that are still waiting. Raises TransitionNotAllowed."""
    issue = lock_issue(issue_id)
    issue.finished_at = now
    issue.pause_reason = ""
    change_status(issue=issue, to=IssueStatus.CANCELLED, now=now, by=by, reason=reason)
    issue.deliveries.waiting().update(status=DeliveryStatus.CANCELLED, done_at=now)
    return issue


@transaction.atomic
def send_to_missed(*, issue_id: int, now: datetime.datetime, by: User, with_uncertain: bool = False) -> int:
    """Sends the frozen editions to new subscribers and to refused or cancelled deliveries; to uncertain ones only on demand.

    Returns how many. Raises TransitionNotAllowed, and CannotSend when there is nobody.
    """
    issue = lock_issue(issue_id, IssueStatus.SENT, IssueStatus.CANCELLED)
    missed = _missed(issue, now, (*MISSED, DeliveryStatus.UNCERTAIN) if with_uncertain else MISSED)
    count = missed.update(
        status=DeliveryStatus.WAITING, attempts=0, next_try_at=now, claim="", claimed_at=None, done_at=None, code=None, answer=""
    )
    count += create_deliveries(issue=issue, now=now)
    if not count:
        raise CannotSend(Refusal.NOBODY)
    issue.finished_at = None
    issue.pause_reason = ""
    change_status(issue=issue, to=IssueStatus.SENDING, now=now, by=by, reason=SystemNote.TO_MISSED.value)
    return count
