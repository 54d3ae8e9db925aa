"""The sender: sends one issue for a limited time, batch by batch, over one connection.

A task runs it in slices (newsletter.sending.tasks), so that confirmation mails never wait behind a whole newsletter.
"""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from core import clock
from core.worker.db_retry import retry_while_database_is_down
from newsletter.bounces.trouble import watch_issue
from newsletter.bounces.verdict import is_about_recipient, judge
from newsletter.bounces.verp import encode_verp
from newsletter.enums.issues import DeliveryStatus, IssueStatus, SystemNote
from newsletter.issues.status import change_status, lock_issue
from newsletter.models import Delivery, FrozenEdition
from newsletter.sending import ledger, mails
from newsletter.sending.messages import message_id, template_of
from newsletter.sending.mime import Envelope, MessageTemplate, UnencodableEmail, ascii_email
from newsletter.sending.transport import Answer, OpenTransport, Outcome, Transport, TransportUnavailable, open_transport

# Seconds between attempts to reach the mail server before the issue is paused.
RETRY_DELAYS = (1.0, 4.0, 10.0)
# So many refusals in a row that are not about recipients mean that something else is wrong.
MOST_REFUSALS_IN_A_ROW = 8
# Temporary refusals because of one email address or mailbox (RFC 3463 §3.2, §3.3).
OF_ONE_RECIPIENT = ("4.1.", "4.2.")
# Limits of one batch. The size is what two crashes at once may leave UNCERTAIN; the duration, how late other senders get back what
# this one did not send.
BATCH_SIZE = 50
BATCH_SECONDS = 2.0


@dataclass
class Slice:
    """What one run did, and when to run again (None: the issue is sent, paused or cancelled)."""

    accepted: int = 0
    handled: int = 0
    again_at: datetime.datetime | None = None


@dataclass
class Sender:
    """One run. `holder` is its name on the claims, random for each run. `results` are not stored yet."""

    issue_id: int
    open_transport: OpenTransport = open_transport
    holder: str = field(default_factory=lambda: get_random_string(32))
    templates: dict[int, MessageTemplate] = field(default_factory=dict)
    results: list[ledger.Result] = field(default_factory=list)
    refused_in_a_row: int = 0
    failures: int = 0

    def run(self, *, seconds: float, rate: float) -> Slice:
        """Sends until nothing is due, `seconds` are over, or the issue is no longer being sent."""
        done = Slice()
        deadline = time.monotonic() + seconds
        size = max(1, min(BATCH_SIZE, int(rate * BATCH_SECONDS))) if rate else BATCH_SIZE
        transport = self.open_transport()
        try:
            while claims := self._claim_batch(size):
                self._send_batch(transport, claims, done, min(deadline, time.monotonic() + BATCH_SECONDS), rate)
                if time.monotonic() > deadline:
                    break
            self._claim_batch(0)
        finally:
            transport.close()
        done.again_at = self._retrying(lambda: finish_or_reschedule(issue_id=self.issue_id, now=clock.now()))
        return done

    def _claim_batch(self, size: int) -> list[ledger.Claim]:
        """Stores the results so far and claims the next batch; with size 0 it only releases."""
        step = partial(ledger.claim_batch, issue_id=self.issue_id, holder=self.holder, results=self.results, size=size)
        claims = self._retrying(lambda: step(now=clock.now()))
        self._watch(self.results)
        self.results = []
        return claims

    def _send_batch(self, transport: Transport, claims: list[ledger.Claim], done: Slice, deadline: float, rate: float) -> None:
        """Sends one batch. Stops at the deadline, on a transport failure, or when the claim was lost; `_claim_batch` releases the rest."""
        previous: ledger.Result | None = None
        for claim in claims:
            begun = time.monotonic()
            template = self._template(claim.edition_id)
            decision = self._retrying(partial(ledger.mark_sending, claim=claim, holder=self.holder, previous=previous))
            if decision is ledger.SendDecision.STOP:
                return
            answer = self._deliver(transport, template, claim) if decision is ledger.SendDecision.SEND else Answer(Outcome.UNWANTED)
            if answer is None:
                return
            previous = ledger.Result(claim.delivery_id, answer, clock.now())
            self.results.append(previous)
            done.handled += answer.outcome is not Outcome.UNWANTED
            done.accepted += answer.outcome is Outcome.ACCEPTED
            if self._is_refused_in_a_row(answer) or time.monotonic() > deadline:
                return
            if rate and answer.outcome is not Outcome.UNWANTED:
                time.sleep(max(0.0, 1 / rate - (time.monotonic() - begun)))

    def _deliver(self, transport: Transport, template: MessageTemplate, claim: ledger.Claim) -> Answer | None:
        """Sends one mail; None when the transport is unavailable. No database query: the mail is marked as being sent."""
        envelope = Envelope(
            to=claim.email,
            token=claim.token,
            message_id=message_id(self.issue_id, claim.delivery_id),
            date=format_datetime(timezone.localtime(clock.now())),
        )
        try:
            payload = template.to_bytes(envelope)
        except UnencodableEmail:
            return Answer(Outcome.REFUSED, 0, SystemNote.UNWRITABLE.value)
        try:
            answer = transport.send(encode_verp(claim.delivery_id), ascii_email(claim.email), payload)
        except TransportUnavailable as error:
            self._wait_or_pause(str(error))
            return None
        self.failures = 0
        return answer

    def _template(self, edition_id: int) -> MessageTemplate:
        if edition_id not in self.templates:
            self.templates[edition_id] = template_of(self._retrying(lambda: FrozenEdition.objects.get(pk=edition_id)))
        return self.templates[edition_id]

    def _wait_or_pause(self, reason: str) -> None:
        """Nothing was sent: releases the batch. A server that stays away pauses the issue instead of failing its deliveries."""
        self._claim_batch(0)
        if self.failures < len(RETRY_DELAYS) and "Authentication" not in reason:
            time.sleep(RETRY_DELAYS[self.failures] * settings.NEWSLETTER_DB_RETRY_SECONDS)
            self.failures += 1
            return
        self._pause(reason)

    def _is_refused_in_a_row(self, answer: Answer) -> bool:
        """Pauses the issue when mail after mail is refused for reasons that are not about the recipient (content, overload, policy)."""
        if answer.outcome is Outcome.ACCEPTED or (answer.outcome is Outcome.REFUSED and _is_of_the_mailbox(answer)):
            self.refused_in_a_row = 0
            return False
        # Full mailboxes pile up at the end, when temporary refusals are retried: they say nothing about us.
        is_of_one_recipient = answer.outcome is Outcome.LATER and answer.is_about_recipient and answer.text.startswith(OF_ONE_RECIPIENT)
        if answer.outcome is Outcome.UNWANTED or is_of_one_recipient:
            return False
        self.refused_in_a_row += 1
        if self.refused_in_a_row < MOST_REFUSALS_IN_A_ROW:
            return False
        self._pause(f"{answer.code} {answer.text}")
        return True

    def _watch(self, results: list[ledger.Result]) -> None:
        """Refusals that are not in a row, but many."""
        if any(result.answer.outcome is Outcome.REFUSED for result in results):
            self._retrying(lambda: watch_issue(issue_id=self.issue_id, now=clock.now()))

    def _pause(self, reason: str) -> None:
        self._retrying(lambda: pause_on_failure(issue_id=self.issue_id, now=clock.now(), reason=reason))

    def _retrying[T](self, step: Callable[[], T]) -> T:
        """What is known must be stored, or it would become UNCERTAIN."""
        return retry_while_database_is_down(step, f"issue {self.issue_id}")


def _is_of_the_mailbox(answer: Answer) -> bool:
    """Whether a refusal is about this one mailbox: a reply to RCPT whose text is not about policy, block lists or the sender."""
    return answer.is_about_recipient and (not answer.code or is_about_recipient(judge(words=f"{answer.code} {answer.text}")))


@transaction.atomic
def pause_on_failure(*, issue_id: int, now: datetime.datetime, reason: str) -> None:
    """Mails do not get through, for reasons that are not about the recipients. The officers are mailed; one of them resumes.

    An issue whose last mail was sent cannot be paused: its officers are mailed once all the same.
    """
    issue = lock_issue(issue_id)
    if issue.status == IssueStatus.SENDING:
        issue.pause_reason = reason[:300]
        change_status(issue=issue, to=IssueStatus.PAUSED, now=now, by=None, reason=reason)
    elif issue.status == IssueStatus.SENT and not issue.pause_reason:
        issue.pause_reason = reason[:300]
        issue.save(update_fields=["pause_reason"])
    else:
        return
    mails.issue_in_trouble(issue, now=now)


@transaction.atomic
def finish_or_reschedule(*, issue_id: int, now: datetime.datetime) -> datetime.datetime | None:
    """Marks the issue SENT when no delivery is pending; else returns when to run again, or None if only a person can resume it.

    Stale claims are reclaimed first, also in an issue that was paused or cancelled meanwhile.
    """
    issue = lock_issue(issue_id)
    claim_timeout = datetime.timedelta(seconds=settings.NEWSLETTER_CLAIM_SECONDS)
    ledger.reclaim_stale_claims(issue=issue, before=now - claim_timeout, now=now)
    if issue.status != IssueStatus.SENDING:
        return None
    open_rows = Delivery.objects.filter(issue_id=issue_id, status__in=(DeliveryStatus.WAITING, DeliveryStatus.CLAIMED))
    waiting = open_rows.waiting().order_by("next_try_at").values_list("next_try_at", flat=True).first()
    claimed = open_rows.claimed().order_by("claimed_at").values_list("claimed_at", flat=True).first()
    moments = [moment for moment in (waiting, claimed and claimed + claim_timeout) if moment]
    if moments:
        return max(now, min(moments))
    issue.finished_at = now
    change_status(issue=issue, to=IssueStatus.SENT, now=now, by=None)
    return None
