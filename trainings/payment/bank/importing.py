"""Writes a file of the bank: each transfer once, whatever file told of it first, and a line of the report for each line of the file."""

import datetime
from collections.abc import Sequence
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.db.models import Q

from core.models import User
from trainings.models import BankFile, BankFileLine, BankFormat, BankLine, LineOutcome, Payment, PaymentRequest
from trainings.payment.bank.camt import is_camt, read_camt
from trainings.payment.bank.coda import is_coda, read_coda
from trainings.payment.bank.lines import FileLine, Identified, identify
from trainings.payment.bank.matching import communications_in, match, numbers_in
from trainings.payment.bank.tables import read_bank_table

ATTEMPTS = 3


def import_bank_file(*, content: bytes, filename: str, now: datetime.datetime, by: User | None = None) -> BankFile:
    """All of it or nothing: a killed import leaves no trace, and brought again it counts nothing twice. Raises CannotRead."""
    format_, lines, written_as = _read(content)
    name = PurePath(filename).name[:120]
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                bank_file = BankFile.objects.create(filename=name, format=format_, written_as=written_as[:80], created_at=now, by=by)
                _apply(bank_file, lines, now=now, by=by)
                return bank_file
        except IntegrityError:
            # Somebody brought the same transfers at the same moment: now they are known.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _read(content: bytes) -> tuple[BankFormat, list[FileLine], str]:
    if is_camt(content):
        return BankFormat.CAMT, *read_camt(content)
    if is_coda(content):
        return BankFormat.CODA, *read_coda(content)
    return BankFormat.TABLE, *read_bank_table(content)


def _apply(bank_file: BankFile, lines: Sequence[FileLine], *, now: datetime.datetime, by: User | None) -> None:
    """Line by line. Requests are locked first, in the order of their keys; from then on their balances are ours to count."""
    requests = _requests_named(lines)
    balances = {row.pk: row.balance for row in PaymentRequest.objects.with_balance().filter(pk__in=[row.pk for row in requests])}
    identified = {each.line.number: each for each in identify(line for line in lines if not line.problem and line.cents > 0)}
    known = _known([each.fingerprint for each in identified.values()])
    for line in lines:
        found = identified.get(line.number)
        outcome, transfer = _take(line, found, known, requests, balances, now=now, by=by)
        BankFileLine.objects.create(
            bank_file=bank_file,
            number=line.number,
            outcome=outcome,
            amount_cents=line.cents,
            # Whom Smes pays is nothing this screen needs to know.
            text="" if outcome == LineOutcome.OUTGOING else line.text,
            transfer=transfer,
        )


def _take(
    line: FileLine,
    found: Identified | None,
    known: dict[str, BankLine],
    requests: Sequence[PaymentRequest],
    balances: dict[int, int],
    *,
    now: datetime.datetime,
    by: User | None,
) -> tuple[LineOutcome, BankLine | None]:
    """One line: what becomes of it, and the transfer it tells of."""
    if line.problem:
        return LineOutcome.UNREADABLE, None
    if found is None:
        return LineOutcome.OUTGOING, None
    if found.fingerprint in known:
        return LineOutcome.DUPLICATE, known[found.fingerprint]
    transfer = known[found.fingerprint] = _write_transfer(line, found)
    if found.is_twin:
        return LineOutcome.TWIN, transfer
    matched = match(line, _named_in(line, requests, balances), balances)
    for pk, cents in matched.amounts.items():
        received_on = transfer.booked_on
        Payment.objects.create(request_id=pk, transfer=transfer, amount_cents=cents, received_on=received_on, noted_at=now, by=by)
        balances[pk] -= cents
    return matched.outcome, transfer


def _write_transfer(line: FileLine, found: Identified) -> BankLine:
    if line.booked_on is None:
        raise ValueError("A line without a day is told as unreadable.")
    return BankLine.objects.create(
        fingerprint=found.fingerprint,
        account=line.account,
        booked_on=line.booked_on,
        amount_cents=line.cents,
        counterparty_name=line.counterparty_name[:140],
        counterparty_account=line.counterparty_account[:34],
        communication=line.communication[:300],
    )


def _known(fingerprints: Sequence[str]) -> dict[str, BankLine]:
    """Transfers that an earlier file told of."""
    return {row.fingerprint: row for row in BankLine.objects.filter(fingerprint__in=fingerprints)}


def _requests_named(lines: Sequence[FileLine]) -> list[PaymentRequest]:
    """Every request a line names, locked until the transaction ends."""
    codes = {code for line in lines for code in communications_in(line.communication)}
    numbers = {number for line in lines for number in numbers_in(line.communication)}
    # A few more than are named may be locked; `_named_in` looks closer.
    wanted = Q(communication__in=codes) | Q(year__in={year for year, _n in numbers}, sequence__in={n for _year, n in numbers})
    return list(PaymentRequest.objects.select_for_update().filter(wanted).order_by("pk"))


def _named_in(line: FileLine, requests: Sequence[PaymentRequest], balances: dict[int, int]) -> list[PaymentRequest]:
    """By structured communication; by a number in the text only where the amount is right to the cent."""
    codes = communications_in(line.communication)
    by_code = [each for each in requests if each.communication in codes]
    if by_code:
        return by_code
    numbers = numbers_in(line.communication)
    return [each for each in requests if (each.year, each.sequence) in numbers and balances[each.pk] == line.cents]
