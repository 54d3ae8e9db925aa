"""Money that came in for a request, or went back."""

import datetime

from django.db import transaction

from core.models import User
from trainings.models import BankLine, Payment, PaymentRequest


class NotSoMuch(Exception):
    """More than what is left of the transfer, or than was received: it would count money that is not there."""


@transaction.atomic
def note_payment(
    *,
    request: PaymentRequest,
    cents: int,
    received_on: datetime.date,
    now: datetime.datetime,
    by: User | None = None,
    note: str = "",
    transfer: BankLine | None = None,
) -> Payment:
    """Writes it under the lock of the request. `cents` below nothing: money given back. Raises NotSoMuch."""
    current = PaymentRequest.objects.select_for_update().get(pk=request.pk)
    before = PaymentRequest.objects.with_balance().get(pk=current.pk)
    if not cents or (cents < 0 and before.paid + cents < 0):
        raise NotSoMuch
    if transfer is not None:
        BankLine.objects.select_for_update().get(pk=transfer.pk)
        if cents > BankLine.objects.with_rest().get(pk=transfer.pk).rest:
            raise NotSoMuch
    return Payment.objects.create(
        request=current, transfer=transfer, amount_cents=cents, received_on=received_on, note=note, noted_at=now, by=by
    )


@transaction.atomic
def settle_transfer(*, transfer: BankLine, note: str) -> BankLine:
    """Says why what is left of a transfer pays no request: it leaves the work list."""
    current = BankLine.objects.select_for_update().get(pk=transfer.pk)
    current.settled_note = note
    current.save(update_fields=["settled_note"])
    return current
