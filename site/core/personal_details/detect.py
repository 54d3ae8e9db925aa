"""What in a text looks like a person's details. It warns, it does not decide: not every capital is a name."""

import datetime
from collections.abc import Iterable

from core.personal_details.found import Found
from core.personal_details.names import names
from core.personal_details.numbers import birth_dates, emails, national_numbers, phones


def personal_details(text: str, *, today: datetime.date, known: Iterable[str] = ()) -> list[Found]:
    """In the order of the text, each place once. `known`: names of organisations and municipalities.

    A national number is found before the telephone and the birthday that its digits could be as well.
    """
    candidates = [*national_numbers(text), *emails(text), *phones(text), *birth_dates(text, today=today), *names(text, known=known)]
    kept: list[Found] = []
    for found in candidates:
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)
