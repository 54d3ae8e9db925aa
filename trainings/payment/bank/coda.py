"""CODA, the format of Belgian banks, read by febelfin-coda."""

import io
from collections.abc import Iterator
from typing import Any

from coda import CODA
from django.utils.translation import gettext as _
from stdnum import iban

from core.imports.encodings import decoded
from core.imports.errors import CannotRead
from trainings.payment.bank.lines import FileLine

RECORD = 128
STRUCTURED = "101"
# What the parser raises for a file that breaks the standard; it checks the sums with `assert`.
BROKEN = (AssertionError, ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError)


def is_coda(content: bytes) -> bool:
    """Whether its first record is a header of version 2."""
    first = content.lstrip(b"\xef\xbb\xbf").splitlines()[0] if content.strip() else b""
    return len(first) == RECORD and first[:1] == b"0" and first[127:128] == b"2" and first[5:11].isdigit()


def read_coda(content: bytes) -> tuple[list[FileLine], str]:
    """Its movements, and how it is written. Raises CannotRead: a file whose sums are wrong is refused as a whole."""
    text, encoding = decoded(content)
    # Programs cut the blanks at the end of a record, and end the file with an empty one.
    records = [record.ljust(RECORD) for record in text.splitlines() if record.strip()]
    try:
        statements = CODA(io.StringIO("\n".join(records))).statements
        found = list(_lines(statements))
    except BROKEN as error:
        raise CannotRead(_("This CODA file is damaged: its records or its sums are not right.")) from error
    return found, f"CODA 2, {encoding}"


def _lines(statements: list[Any]) -> Iterator[FileLine]:
    number = 0
    for statement in statements:
        if statement.account_currency != "EUR":
            raise CannotRead(_("An account of this file is not in euros."))
        account = _own_account(statement.account.strip())
        for move in statement.moves:
            for part in _parts(move):
                number += 1
                yield FileLine(
                    number=number,
                    account=account,
                    booked_on=part.entry_date or move.entry_date,
                    cents=int(part.amount * 100),
                    counterparty_name=(part.counterparty_name or "").strip(),
                    counterparty_account=(part.counterparty_account or "").split(" ")[0],
                    communication=_communication(part),
                    bank_reference=f"{part.bank_reference.strip()}{part.sequence}{part.detail_sequence}",
                )


def _parts(move: Any) -> list[Any]:
    """The transfers in a movement that the bank booked as one, where it names them."""
    parts = list(move.moves)
    return parts if parts and sum(each.amount for each in parts) == move.amount else [move]


def _communication(move: Any) -> str:
    words = " ".join((move.communication or "").split())
    return f"+++{words[:3]}/{words[3:7]}/{words[7:12]}+++" if move.communication_type == STRUCTURED and len(words) == 12 else words


def _own_account(number: str) -> str:
    """Old files name it by its twelve Belgian digits."""
    if number.isdigit() and len(number) == 12:
        return f"BE{iban.calc_check_digits('BE00' + number)}{number}"
    return number
