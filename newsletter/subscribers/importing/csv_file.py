"""A CSV file as people have them: BOM or none, UTF-8, UTF-16 or Windows letters, commas, semicolons or tabs, three languages."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
SIGNS = (";", ",", "\t")
HEADINGS = {
    "email": (
        "email",
        "e-mail",
        "mail",
        "adresse e-mail",
        "adresse mail",
        "adresse email",
        "courriel",
        "e-mailadres",
        "emailadres",
        "email address",
    ),
    "language": ("language", "langue", "taal", "lang", "langue de contact"),
    "themes": ("themes", "thema's", "themas", "theme", "thema"),
}


class CannotRead(Exception):
    """The file is no list of addresses; the text tells the reader why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was written; `number` is that of the file, the first being 1."""

    number: int
    email: str
    language: str = ""
    themes: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """What was found in a file."""

    lines: list[Line]
    encoding: str
    separator: str


def read_file(content: bytes) -> File:
    """The lines of a CSV file that name something. Raises CannotRead."""
    if len(content) > MOST_BYTES:
        raise CannotRead(_("The file is larger than 5 MB."))
    text, encoding = decoded(content)
    text = text.replace("\x00", "")
    separator = separator_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise CannotRead(_("The file cannot be read as CSV: %(reason)s") % {"reason": error}) from error
    # A quote that is never closed takes the lines behind it into one cell: they would be missing without a word.
    swallowed = next((number for number, row in enumerate(rows, 1) if any("\n" in cell and "@" in cell for cell in row)), None)
    if swallowed:
        raise CannotRead(
            _("A quotation mark in line %(number)s swallows the lines behind it. Remove it, or close it.") % {"number": swallowed}
        )
    first = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if first is None:
        raise CannotRead(_("The file is empty."))
    columns = columns_of(rows[first])
    if columns is None and not any("@" in cell for cell in rows[first]):
        raise CannotRead(_("No column of e-mail addresses: the first line must name one “email”."))
    begin = first + 1 if columns else first
    columns = columns or {"email": next(place for place, cell in enumerate(rows[first]) if "@" in cell)}
    lines = list(_lines(rows, begin, columns))
    if len(lines) > MOST_LINES:
        raise CannotRead(_("The file has more than 20,000 lines: split it."))
    if not lines:
        raise CannotRead(_("The file names columns, and nobody."))
    return File(lines, encoding, separator)


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and how it was written. What is no UTF is taken for Windows, which reads any byte as some letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def separator_of(text: str) -> str:
    """The sign that stands most often in the first line that says something, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(SIGNS, key=bare.count)


def columns_of(row: list[str]) -> dict[str, int] | None:
    """Where each known heading stands; None for a line that is no line of headings."""
    plain = [_plain(cell) for cell in row]
    found = {
        name: place
        for name, words in HEADINGS.items()
        if (place := next((n for n, cell in enumerate(plain) if cell in words), None)) is not None
    }
    return found if "email" in found else None


def _plain(cell: str) -> str:
    """A heading without case, accents and blanks around it."""
    letters = unicodedata.normalize("NFKD", cell.replace("’", "'")).strip().lower()
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _lines(rows: list[list[str]], begin: int, columns: dict[str, int]) -> Iterator[Line]:
    for place, row in enumerate(rows[begin:], start=begin + 1):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: " ".join(row[column].split()) if column < len(row) else "" for name, column in columns.items()}
        yield Line(place, cells["email"][:320], cells.get("language", "")[:40], cells.get("themes", "")[:300])
