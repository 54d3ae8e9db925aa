"""A file of subscribers read into lines: what each says of an address, its language and its consent."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from core.imports.errors import CannotRead
from core.imports.headings import folded_heading
from core.imports.table import Layout, Table, TableRow, read_table
from core.text.email_addresses import normalised
from newsletter.enums.subscribers import Standing
from newsletter.subscribers.importing.questions import LONGEST_VALUE, questions_of, standings_said, status_columns
from newsletter.subscribers.importing.standing import moment, standing_of_file, strictest
from newsletter.subscribers.importing.vocabulary import GONE_COLUMNS, HEADINGS, PROOFS

LAYOUT: Final = Layout(known=HEADINGS, required=("email",), example="e-mail", reads_without_heading="email")
# Brackets, quotes and commas that other programs leave around an address.
AROUND: Final = " \t\r\n\"'<>;,."


@dataclass(frozen=True, slots=True)
class File:
    """What was found in a file."""

    table: Table
    lines: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    unused_columns: list[str]
    standing_of_all: Standing | None


def read_file(content: bytes, filename: str = "") -> File:
    """The lines of a list of addresses, as the fields of a SubscriberImportLine. Raises CannotRead."""
    table = read_table(content, LAYOUT)
    _refuse_swallowed_rows(table)
    columns = status_columns(table)
    of_all = standing_of_file(filename)
    lines = [_line(row, columns, of_all) for row in table.rows]
    return File(table, lines, questions_of(table, columns), [name for name in table.unknown if name not in columns], of_all)


def _refuse_swallowed_rows(table: Table) -> None:
    """Two stray quotation marks make one cell of the rows between them: people would be missing without a word."""
    for row in table.rows:
        if "\n" in row.values["email"] or any("\n" in cell and "@" in cell and ";" in cell for cell in row.other.values()):
            raise CannotRead(
                _("A quotation mark in row %(number)s swallows the rows behind it. Remove it, or close it.") % {"number": row.number}
            )


def _line(row: TableRow, columns: list[str], of_all: Standing | None) -> dict[str, Any]:
    values = row.values
    email = bare_address(values["email"])
    said = {heading: row.other[heading][:LONGEST_VALUE] for heading in columns}
    return {
        "number": row.number,
        "email": email[:320],
        "language": values.get("language", "")[:40],
        "themes": values.get("themes", "")[:300],
        "said": said,
        "standing": line_standing(said, {}, of_all),
        "agreed_at": moment(values.get("confirmed", "")) or moment(values.get("agreed", "")),
        "left_at": _left_at(said),
        "evidence": _evidence(values),
    }


def line_standing(said: Mapping[str, str], answers: Mapping[str, Mapping[str, str]], of_all: Standing | str | None) -> Standing:
    """The strictest of what the name of the file, its columns and a person's answers say."""
    return strictest([*standings_said(said, answers), *([of_all] if of_all else [])])


def _left_at(said: Mapping[str, str]) -> Any:
    moments = [found for heading, value in said.items() if folded_heading(heading) in GONE_COLUMNS and (found := moment(value))]
    return max(moments, default=None)


def _evidence(values: Mapping[str, str]) -> str:
    """Dates and IP of the consent, in the words of the file."""
    return ", ".join(f"{name} {value}" for name in PROOFS if (value := values.get(name)))[:200]


def bare_address(text: str) -> str:
    """`Anna <anna@example.org>`, `mailto:anna@example.org` and what stands around a pasted address; anything else as it is."""
    plain = "".join(char for char in text if unicodedata.category(char) != "Cf").replace("\u00a0", " ").strip()
    if plain.endswith(">") and "<" in plain:
        plain = plain.rpartition("<")[2]
    bare = plain.strip(AROUND)
    bare = bare[7:] if bare.lower().startswith("mailto:") else bare
    return normalised(bare) if bare.count("@") == 1 and not any(char.isspace() for char in bare) else text.strip()
