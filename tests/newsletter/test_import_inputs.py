"""Lists as other programs wrote them, one a file of `inputs/`: what each line says, or why the file is refused."""

from pathlib import Path

import pytest
from django.utils import translation

from core.imports.errors import CannotRead
from newsletter.subscribers.importing.reading import read_file

INPUTS = Path(__file__).parent / "inputs"
IN = "subscribed"
# The file, and where each of its lines stands. Nothing of them is asked.
STANDINGS = {
    "brevo_contacts.csv": [IN, "unsubscribed", "unsubscribed", "unconfirmed"],
    "brevo_quoted.csv": [IN],
    "excel_ansi.csv": [IN] * 2,
    "excel_csv_macintosh_cr.csv": [IN] * 2,
    "excel_csv_msdos_cp850.csv": [IN],
    "excel_csv_utf8_be.csv": [IN] * 2,
    "excel_unicode_text.txt": [IN] * 2,
    "google_contacts.csv": [IN],
    "header_at.csv": [IN],
    "heading_e_mail_accents.csv": [IN],
    "headings_dutch.csv": [IN] * 2,
    "headings_more.csv": [IN],
    "headings_more2.csv": [IN],
    "mailchimp_language_column.csv": [IN] * 7,
    "mailchimp_subscribed_email_audience_export.csv": [IN] * 3,
    "mailchimp_unsubscribed_email_audience_export.csv": ["unsubscribed"] * 3,
    "name_and_angle.csv": [IN] * 12,
    "note_with_address.csv": [IN] * 2,
    "outlook_contacts.csv": [IN],
    "sendy_export.csv": [IN, "unsubscribed", "bounced", "complained", "unconfirmed"],
    "sendy_no_heading.csv": [IN] * 2,
    "sep_line.csv": [IN],
    "thunderbird.csv": [IN],
    "title_above.csv": [IN],
    "two_columns_of_mail.csv": [IN] * 2,
    "utf16_be.csv": [IN],
}
REFUSED = {"unclosed_quote.csv": "Row 2: a quotation mark is not closed"}
# Not read as an address, which the dry run says line by line.
NO_ADDRESS = {"h@mail", "i@mail..example", "zoé@mail.example"}


def test_every_input_has_its_outcome() -> None:
    assert {path.name for path in INPUTS.iterdir()} == {*STANDINGS, *REFUSED}


@pytest.mark.parametrize("name", STANDINGS)
def test_each_line_says_where_its_person_stands(name: str) -> None:
    found = read_file((INPUTS / name).read_bytes(), name)
    assert [line["standing"] for line in found.lines] == STANDINGS[name]
    assert found.questions == []
    assert all(line["email"].endswith(("@mail.example", "@xn--xample-9ua.org")) for line in found.lines if line["email"] not in NO_ADDRESS)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str) -> None:
    with translation.override("en"), pytest.raises(CannotRead, match=REFUSED[name]):
        read_file((INPUTS / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["excel_ansi.csv", "excel_csv_macintosh_cr.csv", "excel_csv_msdos_cp850.csv"])
def test_accents_survive_each_dialect_of_a_spreadsheet(name: str) -> None:
    assert read_file((INPUTS / name).read_bytes(), name).lines[0]["language"] == "Français"
