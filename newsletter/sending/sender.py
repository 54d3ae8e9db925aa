"""The sender: walks the ledger of one issue for a while, a hand of mails at a time, over one connection.

A task runs it in slices (newsletter.subscribers.tasks), so that confirmations of other forms never wait behind a whole newsletter.
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
from newsletter.enums.issues import DeliveryStatus, IssueStatus, SystemNote
from newsletter.issues.status import change_status, lock_issue
from newsletter.models import Delivery, FrozenEdition
from newsletter.sending import ledger, mails
from newsletter.sending.messages import message_id, sheet_of
from newsletter.sending.mime import Envelope, Sheet, UnwritableAddress, written_address
from newsletter.sending.transport import Answer, OpenTransport, Outcome, Transport, Trouble, open_transport
from newsletter.verp import encode_verp

# Seconds between tries to reach the mail server before the issue is paused.
PATIENCE = (1.0, 4.0, 10.0)
# So many refusals in a row that are not about the readers mean that something else is wrong.
STREAK = 8
# What is put off because of her address or her mailbox alone (RFC 3463 §3.2, §3.3).
OF_ONE_READER = ("4.1.", "4.2.")
# A sender has so many mails in hand at most, and for so long: what two crashes at once may leave uncertain, and how late the others
# get back what it did not send.
HAND = 50
HAND_SECONDS = 2.0


@dataclass
class Slice:
    """What one run did, and when it is worth looking again (None: the issue is finished, paused or stopped)."""

    accepted: int = 0
    handled: int = 0
    again_at: datetime.datetime | None = None


@dataclass
class Sender:
    """One run over the ledger. `holder` is its name on the claims; a new run has a new name. `results` wait to be written down."""

    issue_id: int
    open_transport: OpenTransport = open_transport
    holder: str = field(default_factory=lambda: get_random_string(32))
    sheets: dict[int, Sheet] = field(default_factory=dict)
    results: list[ledger.Result] = field(default_factory=list)
    streak: int = 0
    troubles: int = 0

    def run(self, *, seconds: float, rate: float) -> Slice:
        """Sends until nothing is due, `seconds` are over, or the issue is no longer being sent."""
        done = Slice()
        deadline = time.monotonic() + seconds
        size = max(1, min(HAND, int(rate * HAND_SECONDS))) if rate else HAND
        transport = self.open_transport()
        try:
            while claims := self._turn(size):
                self._work_off(transport, claims, done, min(deadline, time.monotonic() + HAND_SECONDS), rate)
                if time.monotonic() > deadline:
                    break
            self._turn(0)
        finally:
            transport.close()
        done.again_at = self._patiently(lambda: settle(issue_id=self.issue_id, now=clock.now()))
        return done

    def _turn(self, size: int) -> list[ledger.Claim]:
        """From one hand to the next."""
        step = partial(ledger.turn, issue_id=self.issue_id, holder=self.holder, results=self.results, size=size)
        claims = self._patiently(lambda: step(now=clock.now()))
        self._watch(self.results)
        self.results = []
        return claims

    def _work_off(self, transport: Transport, claims: list[ledger.Claim], done: Slice, deadline: float, rate: float) -> None:
        """The mails of one hand, until its time is over, something is wrong, or the hand is no longer ours; `_turn` puts back the rest."""
        previous: ledger.Result | None = None
        for claim in claims:
            begun = time.monotonic()
            sheet = self._sheet(claim.edition_id)
            departure = self._patiently(partial(ledger.depart, claim=claim, holder=self.holder, previous=previous))
            if departure is ledger.Departure.STAYS:
                return
            answer = self._deliver(transport, sheet, claim) if departure is ledger.Departure.LEAVES else Answer(Outcome.UNWANTED)
            if answer is None:
                return
            previous = ledger.Result(claim.delivery_id, answer, clock.now())
            self.results.append(previous)
            done.handled += answer.outcome is not Outcome.UNWANTED
            done.accepted += answer.outcome is Outcome.ACCEPTED
            if self._is_a_streak(answer) or time.monotonic() > deadline:
                return
            if rate and answer.outcome is not Outcome.UNWANTED:
                time.sleep(max(0.0, 1 / rate - (time.monotonic() - begun)))

    def _deliver(self, transport: Transport, sheet: Sheet, claim: ledger.Claim) -> Answer | None:
        """Lets one mail leave; None when none could. Asks the database nothing: the mail is noted as leaving."""
        envelope = Envelope(
            to=claim.email,
            key=claim.key,
            message_id=message_id(self.issue_id, claim.delivery_id),
            date=format_datetime(timezone.localtime(clock.now())),
        )
        try:
            payload = sheet.to_bytes(envelope)
        except UnwritableAddress:
            return Answer(Outcome.REFUSED, 0, SystemNote.UNWRITABLE.value)
        try:
            answer = transport.send(encode_verp(claim.delivery_id), written_address(claim.email), payload)
        except Trouble as trouble:
            self._wait_or_pause(str(trouble))
            return None
        self.troubles = 0
        return answer

    def _sheet(self, edition_id: int) -> Sheet:
        if edition_id not in self.sheets:
            self.sheets[edition_id] = sheet_of(self._patiently(lambda: FrozenEdition.objects.get(pk=edition_id)))
        return self.sheets[edition_id]

    def _wait_or_pause(self, reason: str) -> None:
        """Nothing was sent: the hand goes back. A server that stays away pauses the issue instead of failing its readers."""
        self._turn(0)
        if self.troubles < len(PATIENCE) and "Authentication" not in reason:
            time.sleep(PATIENCE[self.troubles] * settings.NEWSLETTER_DB_RETRY_SECONDS)
            self.troubles += 1
            return
        self._pause(reason)

    def _is_a_streak(self, answer: Answer) -> bool:
        """Pauses when mail after mail is refused for what it says or because the server is overloaded: not the readers' fault."""
        if answer.outcome is Outcome.ACCEPTED or (answer.outcome is Outcome.REFUSED and _is_of_the_mailbox(answer)):
            self.streak = 0
            return False
        # Full boxes come together at the end, when those put off are tried again: they say nothing about us.
        is_of_one_reader = answer.outcome is Outcome.LATER and answer.is_about_reader and answer.words.startswith(OF_ONE_READER)
        if answer.outcome is Outcome.UNWANTED or is_of_one_reader:
            return False
        self.streak += 1
        if self.streak < STREAK:
            return False
        self._pause(f"{answer.code} {answer.words}")
        return True

    def _watch(self, results: list[ledger.Result]) -> None:
        """Refusals that are not in a row, but many."""
        if any(result.answer.outcome is Outcome.REFUSED for result in results):
            self._patiently(lambda: watch_issue(issue_id=self.issue_id, now=clock.now()))

    def _pause(self, reason: str) -> None:
        self._patiently(lambda: pause_for_trouble(issue_id=self.issue_id, now=clock.now(), reason=reason))

    def _patiently[T](self, step: Callable[[], T]) -> T:
        """What we know must be written down, or it would be uncertain."""
        return retry_while_database_is_down(step, f"issue {self.issue_id}")


def _is_of_the_mailbox(answer: Answer) -> bool:
    """Whether a refusal is this one reader's: said of her, and by its words of her mailbox (no rule, no block list, no sender)."""
    return answer.is_about_reader and (not answer.code or is_about_recipient(judge(words=f"{answer.code} {answer.words}")))


@transaction.atomic
def pause_for_trouble(*, issue_id: int, now: datetime.datetime, reason: str) -> None:
    """Mails do not get through, and it is not the readers' fault. The officers are told; one of them looks and resumes.

    An issue whose last mail has left cannot pause: its officers are told once all the same.
    """
    issue = lock_issue(issue_id)
    if issue.status == IssueStatus.SENDING:
        issue.trouble = reason[:300]
        change_status(issue=issue, to=IssueStatus.PAUSED, now=now, by=None, reason=reason)
    elif issue.status == IssueStatus.SENT and not issue.trouble:
        issue.trouble = reason[:300]
        issue.save(update_fields=["trouble"])
    else:
        return
    mails.issue_in_trouble(issue, now=now)


@transaction.atomic
def settle(*, issue_id: int, now: datetime.datetime) -> datetime.datetime | None:
    """Ends the issue when nobody is left; otherwise says when to look again (None: not by itself).

    First what senders that are gone had in hand is taken over, also when the issue was paused or stopped meanwhile.
    """
    issue = lock_issue(issue_id)
    patience = datetime.timedelta(seconds=settings.NEWSLETTER_CLAIM_SECONDS)
    ledger.take_over_orphans(issue=issue, before=now - patience, now=now)
    if issue.status != IssueStatus.SENDING:
        return None
    open_rows = Delivery.objects.filter(issue_id=issue_id, status__in=(DeliveryStatus.WAITING, DeliveryStatus.CLAIMED))
    waiting = open_rows.waiting().order_by("next_try_at").values_list("next_try_at", flat=True).first()
    claimed = open_rows.claimed().order_by("claimed_at").values_list("claimed_at", flat=True).first()
    moments = [moment for moment in (waiting, claimed and claimed + patience) if moment]
    if moments:
        return max(now, min(moments))
    issue.finished_at = now
    change_status(issue=issue, to=IssueStatus.SENT, now=now, by=None)
    return None
