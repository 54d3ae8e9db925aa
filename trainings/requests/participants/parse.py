"""Reads a list of people as they are typed, or pasted from a mail or a spreadsheet. Pure: no line is lost, each says what is wrong with it.

Understood: `Name <email>`, several of them on a line; `name;email;function`; the columns of a spreadsheet, first and family name apart or
together. What stands before the email is the name, what stands after it the function; where the email comes first, the name follows it.
"""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from core.text.comparison import folded
from core.text.email_addresses import normalised, validate_public_email
from core.text.safety import has_letters, holds_web_address

LONGEST = 120
IN_ANGLES = re.compile(r"^(?P<name>[^<>]*)<\s*(?P<email>[^<>\s]+@[^<>\s]+)\s*>(?P<rest>[^<>]*)$")
BETWEEN_PEOPLE = re.compile(r"(?<=>)\s*[;,]\s*")
SEPARATORS = ("\t", ";", ",")
HEADINGS = {"e-mail", "email", "mail", "courriel", "adresse e-mail", "e-mail address", "email address", "e-mailadres", "emailadres"}


class Flaw(enum.StrEnum):
    """What is wrong with a line."""

    NO_EMAIL = "no_email"
    SEVERAL_EMAILS = "several_emails"
    BAD_EMAIL = "bad_email"
    NO_NAME = "no_name"
    UNFIT = "unfit"
    TWICE = "twice"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person, or why there is none. `typed` is the line as it came."""

    number: int
    typed: str
    name: str = ""
    email: str = ""
    function: str = ""
    flaw: Flaw | None = None


def parse_people(text: str) -> list[Line]:
    """Every line but the empty ones, in order. Of an address that comes twice the first line counts."""
    seen: set[str] = set()
    lines = []
    for number, typed in _pieces(text):
        line = _read(number, typed)
        if line.flaw is None and line.email in seen:
            line = replace(line, flaw=Flaw.TWICE)
        seen.add(line.email)
        lines.append(line)
    return lines


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their number. Mail programs put several people on one."""
    for number, line in enumerate(text.splitlines(), start=1):
        pieces = BETWEEN_PEOPLE.split(line) if line.count("<") > 1 else [line]
        yield from ((number, piece.strip(" \r\n")) for piece in pieces if piece.strip())


def _read(number: int, typed: str) -> Line:
    found = IN_ANGLES.match(typed)
    cells = [_in_order(found["name"]), found["email"], *_cells(found["rest"])] if found else _cells(typed)
    cells = [" ".join(cell.strip(" \"'\u00a0").split()) for cell in cells]
    places = [place for place, cell in enumerate(cells) if "@" in cell]
    if not places and any(folded(cell) in HEADINGS for cell in cells):
        return Line(number=number, typed=typed, flaw=Flaw.HEADING)
    if len(places) != 1:
        return Line(number=number, typed=typed, flaw=Flaw.SEVERAL_EMAILS if places else Flaw.NO_EMAIL)
    before, after = _filled(cells[: places[0]]), _filled(cells[places[0] + 1 :])
    name, rest = (" ".join(before), after) if before else ("".join(after[:1]), after[1:])
    function, email = ", ".join(rest), normalised(cells[places[0]].removeprefix("mailto:"))
    flaw = _flaw(name, email, function)
    return Line(number=number, typed=typed, name=name, email=email, function=function, flaw=flaw)


def _in_order(name: str) -> str:
    """`Exemple, Alix`, as mail programs write it: the first name comes first."""
    family, comma, first = name.strip(" \"'").partition(",")
    return f"{first} {family}" if comma and "," not in first else name


def _cells(text: str) -> list[str]:
    separator = next((each for each in SEPARATORS if each in text), None)
    return text.split(separator) if separator else [text]


def _filled(cells: list[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _flaw(name: str, email: str, function: str) -> Flaw | None:
    try:
        validate_public_email(email)
    except ValidationError:
        return Flaw.BAD_EMAIL
    if not has_letters(name):
        return Flaw.NO_NAME
    is_unfit = any(len(text) > LONGEST or holds_web_address(text) for text in (name, function))
    return Flaw.UNFIT if is_unfit else None
