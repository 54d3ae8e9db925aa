"""Tables as people bring them: any spreadsheet, any alphabet, lines above the heading; what cannot be read is refused in words."""

import csv
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.imports.errors import CannotRead
from core.imports.headings import aliases, folded_heading
from core.imports.table import Layout, Table, read_table

LAYOUT = Layout(
    known=aliases({"email": ("E-mail", "Courriel", "E-mailadres"), "town": ("Ville", "Stad")}), required=("email",), example="e-mail"
)
TEXT = "Courriel;Ville;Note\r\nzoe@example.org;Liège;été, “déjà” là\r\njan@example.org;Hélécine;\r\n"


def values(table: Table) -> list[tuple[int, str, str]]:
    return [(row.number, row.values["email"], row.values.get("town", "")) for row in table.rows]


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("“", "").replace("”", "").encode("cp850"),
        TEXT.replace("\r\n", "\r").encode("mac_roman"),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace("Liège", "Li\x00ège").encode(),
    ],
)
def test_whatever_spreadsheet_wrote_it(content: bytes) -> None:
    assert values(read_table(content, LAYOUT)) == [(2, "zoe@example.org", "Liège"), (3, "jan@example.org", "Hélécine")]


@pytest.mark.parametrize(
    ("above", "first"),
    [("sep=;\n", 2), ('"sep=;"\r\n', 2), ("\n\n", 4), ("Liste de la newsletter 2024;;\n", 3), (";;\nListe ; au ;30 novembre\n\n", 5)],
)
def test_lines_above_the_heading_and_the_numbers_a_spreadsheet_shows(above: str, first: int) -> None:
    assert [row.number for row in read_table((above + TEXT).encode(), LAYOUT).rows] == [first, first + 1]


def test_cells_of_several_lines_count_as_one_row() -> None:
    content = b'email,note\na@example.org,"one\ntwo, three"\nb@example.org,\n'
    assert [(row.number, row.other["note"]) for row in read_table(content, LAYOUT).rows] == [(2, "one\ntwo, three"), (3, "")]


def test_a_workbook_is_read_as_it_shows() -> None:
    content = workbook([["Liste"], [], ["Courriel", "Ville", "Code postal"], ["zoe@example.org", "Liège", 4000.0], [None, None, None]])
    table = read_table(content, LAYOUT)
    assert values(table) == [(4, "zoe@example.org", "Liège")]
    assert table.rows[0].other == {"Code postal": "4000"}
    assert table.unknown == ["Code postal"]


def test_columns_nobody_knows_are_named_also_those_without_a_heading() -> None:
    table = read_table(b"Email;Fax;;Fax;Empty\na@example.org;1;2;3;;left over\n", LAYOUT)
    assert table.unknown == ["Fax", "C", "Fax (2)", "F"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\r\n \r\n", "is empty"),
        (b"email;town\n", "no row below"),
        (b"name;town\nNora;Brussels\n", "names its columns"),
        (b"<html><body>no</body></html>", "names its columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4, "neither CSV nor XLSX"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"PK\x03\x04 broken", "damaged"),
        (b'email;town\na@example.org;"Li\xc3\xa8ge\nb@example.org;Mons\n', "Row 2: a quotation mark"),
        (b'email;town\na@example.org;Mons\n\n"b"x@example.org;Mons\n', "Row 4: a quotation mark"),
        (b"email;town\n" + b"a@example.org;" + b"x" * 200_000 + b"\n", "Row 2 has a cell too long"),
        (b"email\n" + b"x" * (6 * 1024 * 1024), "larger than 5 MB"),
        (b"email\n" + b"a@example.org\n" * 20_001, "more than 20000 rows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, reason: str) -> None:
    with translation.override("en"), pytest.raises(CannotRead, match=reason):
        read_table(content, LAYOUT)


def test_headings_are_compared_without_accents_case_and_punctuation() -> None:
    assert {folded_heading(each) for each in ("E-mail 1 - Value", "e_mail  1 VALUE", "É-mail (1) value")} == {"e mail 1 value"}


cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=12) | st.sampled_from(
    ["a;b", "a,b", 'say "so"', "two\nlines", "été", "=1+1", "", " "]
)


@given(
    rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=8),
    delimiter=st.sampled_from(";,\t"),
    line_end=st.sampled_from(["\r\n", "\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    says_separator=st.booleans(),
)
def test_any_table_any_dialect_writes_is_read_back(
    rows: list[tuple[str, str]], delimiter: str, line_end: str, encoding: str, quoting: int, says_separator: bool
) -> None:
    file = io.StringIO(newline="")
    if says_separator:
        file.write(f"sep={delimiter}{line_end}")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["Courriel", "Ville", "Note"])
    writer.writerows([f"{index}@example.org", *row] for index, row in enumerate(rows))
    table = read_table(file.getvalue().encode(encoding), LAYOUT)
    assert [(row.values["email"], row.values["town"], row.other["Note"]) for row in table.rows] == [
        (f"{index}@example.org", town.strip(), note.strip()) for index, (town, note) in enumerate(rows)
    ]
