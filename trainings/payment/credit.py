"""Takes back what was asked for: by hand, or because an enrolment was cancelled."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from core.models import User
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import CreditLine, CreditNote, CreditReason, PaymentLine, PaymentRequest, Series, Tier
from trainings.payment import mails
from trainings.payment.due import Due, due_for
from trainings.payment.numbering import next_number


class CannotCredit(Exception):
    """Nothing, or more than what is left of a line, would be taken back."""


@transaction.atomic
def credit_lines(
    *,
    request: PaymentRequest,
    amounts: Mapping[int, int],
    reason: CreditReason,
    now: datetime.datetime,
    by: User | None = None,
    is_automatic: bool = False,
) -> CreditNote:
    """Writes a credit note for these lines (key: cents) and mails it. A line wholly wrong can be asked for again. Raises CannotCredit."""
    current = PaymentRequest.objects.select_for_update().get(pk=request.pk)
    lines = {line.pk: line for line in current.lines.all()}
    wanted = {pk: cents for pk, cents in amounts.items() if cents}
    if not wanted or any(pk not in lines or not 0 < cents <= left_of(lines[pk]) for pk, cents in wanted.items()):
        raise CannotCredit
    year = timezone.localtime(now).year
    note = CreditNote.objects.create(
        request=current,
        year=year,
        sequence=next_number(Series.CREDIT, year=year),
        reason=reason,
        issued_at=now,
        total_cents=sum(wanted.values()),
        by=by,
    )
    CreditLine.objects.bulk_create(
        CreditLine(note=note, line=lines[pk], amount_cents=cents, is_automatic=is_automatic) for pk, cents in wanted.items()
    )
    if reason == CreditReason.CORRECTION:
        void = [pk for pk in wanted if not left_of(lines[pk])]
        PaymentLine.objects.filter(pk__in=void).update(is_void=True)
    balance = PaymentRequest.objects.with_balance().get(pk=current.pk).balance
    mails.credit_note(note, balance=balance, now=now)
    return note


def left_of(line: PaymentLine) -> int:
    """What of a line is not credited yet."""
    credited: int = line.credits.aggregate(total=Sum("amount_cents"))["total"] or 0
    return line.amount_cents - credited


def lines_to_settle() -> list[PaymentLine]:
    """Lines whose seat is gone, or whose session does not take place, and of which more was asked than is due."""
    gone = PaymentLine.objects.filter(is_void=False, enrolment__isnull=False).exclude(credits__is_automatic=True)
    # What was asked for after a cancellation is the share already.
    cancelled = gone.filter(enrolment__status=EnrolmentStatus.CANCELLED).exclude(tier=Tier.SHARE)
    cancelled |= gone.filter(enrolment__session__status=SessionStatus.CANCELLED)
    rows = cancelled.distinct().select_related("request", "enrolment__session__module").prefetch_related("enrolment__session__meetings")
    return [line for line in rows.order_by("pk") if _to_credit(line)]


def settle_cancellations(*, now: datetime.datetime) -> int:
    """Credits what the cancellation terms say is not due. One note a line, once: a unique row holds it."""
    return sum(1 for line in lines_to_settle() if _settle(line, now=now))


def _settle(line: PaymentLine, *, now: datetime.datetime) -> bool:
    """Under the lock of the request: another worker may have settled it meanwhile."""
    with transaction.atomic():
        PaymentRequest.objects.select_for_update().get(pk=line.request_id)
        if CreditLine.objects.filter(line=line, is_automatic=True).exists():
            return False
        cents = _to_credit(line)
        if not cents:
            return False
        is_off = line.enrolment is not None and line.enrolment.session.status == SessionStatus.CANCELLED
        reason = CreditReason.SESSION_CANCELLED if is_off else CreditReason.CANCELLED
        credit_lines(request=line.request, amounts={line.pk: cents}, reason=reason, now=now, is_automatic=True)
    return True


def _to_credit(line: PaymentLine) -> int:
    """What was asked for and is not due, without what was credited already."""
    if line.enrolment is None:
        return 0
    if line.tier == Tier.SHARE and line.enrolment.session.status != SessionStatus.CANCELLED:
        return 0
    due = due_for(line.enrolment, price=Due(line.amount_cents)).cents
    return max(left_of(line) - due, 0)
