"""Which requests a transfer pays, by its communication. What is not certain is left to a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stdnum.be import ogm_vcs

from trainings.models import BankLine, LineOutcome, PaymentRequest
from trainings.payment.bank.lines import FileLine

# `+++123/4567/89012+++`, `***…***`, with or without what stands between the digits.
STRUCTURED = re.compile(r"(?<!\d)(\d{3})[\s/.-]?(\d{4})[\s/.-]?(\d{5})(?!\d)", re.ASCII)
NUMBER = re.compile(r"(?<![\dC])(20\d{2})-(\d{4,8})(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Match:
    """What becomes of a transfer: cents by the key of a request."""

    outcome: LineOutcome
    amounts: Mapping[int, int] = field(default_factory=dict)


def communications_in(text: str) -> list[str]:
    """The structured communications somebody typed or a bank filled in, valid by their remainder."""
    codes = ("".join(found.groups()) for found in STRUCTURED.finditer(text))
    return list(dict.fromkeys(code for code in codes if ogm_vcs.is_valid(code)))


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Numbers of requests in a free text."""
    return list(dict.fromkeys((int(year), int(sequence)) for year, sequence in NUMBER.findall(text)))


def match(line: FileLine, requests: list[PaymentRequest], balances: Mapping[int, int]) -> Match:
    """`requests`: those the text names; `balances`: what is open of each now."""
    if not requests:
        return Match(LineOutcome.UNKNOWN)
    open_ones = {each.pk: balances[each.pk] for each in requests if balances[each.pk] > 0}
    if not open_ones:
        return Match(LineOutcome.ALREADY_PAID)
    if len(requests) > 1:
        is_exact = sum(open_ones.values()) == line.cents
        return Match(LineOutcome.SPLIT, open_ones) if is_exact else Match(LineOutcome.UNKNOWN)
    [(pk, balance)] = open_ones.items()
    if line.cents < balance:
        return Match(LineOutcome.PARTLY, {pk: line.cents})
    return Match(LineOutcome.PAID if line.cents == balance else LineOutcome.TOO_MUCH, {pk: balance})


def suggestions(transfer: BankLine, *, limit: int = 5) -> list[PaymentRequest]:
    """Requests a transfer of the work list may pay: named in it, of that very amount, or of somebody who paid from that account."""
    rows: Any = PaymentRequest.objects.unpaid()
    named = [row.pk for row in rows.filter(communication__in=communications_in(transfer.communication))]
    exact = [row.pk for row in rows.filter(balance=transfer.amount_cents).order_by("due_on")[:limit]]
    same_account = []
    if transfer.counterparty_account:
        paid_before = PaymentRequest.objects.filter(payments__transfer__counterparty_account=transfer.counterparty_account)
        same_account = [row.pk for row in rows.filter(name__in=paid_before.values("name"))[:limit]]
    chosen = list(dict.fromkeys([*named, *exact, *same_account]))[:limit]
    found = rows.in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]
