"""A list of people as it comes from a keyboard, a mail or a spreadsheet: no line is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.requests.participants.parse import Flaw, parse_people

ALIX = ("Alix Exemple", "alix@example.org", "")
NURSE = ("Alix Exemple", "alix@example.org", "infirmière")


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Alix Exemple <alix@example.org>", ALIX),
        ('"Exemple, Alix" <Alix@Example.org>', ALIX),
        ("Alix Exemple <alix@example.org>; infirmière", NURSE),
        ("Alix Exemple;alix@example.org;infirmière", NURSE),
        ("Alix Exemple ; alix@example.org ;", ALIX),
        ("Alix Exemple, alix@example.org, infirmière", NURSE),
        ("Alix\tExemple\talix@example.org\tinfirmière", NURSE),
        ("alix@example.org\tAlix Exemple\tinfirmière", NURSE),
        ("alix@example.org;Alix Exemple", ALIX),
        ("Alix Exemple;mailto:alix@example.org", ALIX),
        ("  Alix   Exemple \t alix@example.org \t\t infirmière \t", NURSE),
    ],
    ids=[
        *("angles", "family-name-first", "angles-and-function", "semicolons", "trailing", "commas"),
        *("columns", "email-first", "email-first-no-function", "mailto", "loose"),
    ],
)
def test_a_line_is_understood(line: str, person: tuple[str, str, str]) -> None:
    [read] = parse_people(line)
    assert (read.name, read.email, read.function) == person
    assert read.flaw is None


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("Alix Exemple", Flaw.NO_EMAIL),
        ("Alix; alix@example.org; autre@example.org", Flaw.SEVERAL_EMAILS),
        ("Alix Exemple; alix@example", Flaw.BAD_EMAIL),
        ("alix@example.org", Flaw.NO_NAME),
        ("007 <alix@example.org>", Flaw.NO_NAME),
        ("www.evil.example.org <alix@example.org>", Flaw.UNFIT),
        ("A" * 121 + ";alix@example.org", Flaw.UNFIT),
        ("Nom;E-mail;Fonction", Flaw.HEADING),
    ],
    ids=["no-email", "several", "bad-email", "no-name", "digits", "link", "long", "heading"],
)
def test_a_line_that_is_not_says_why(line: str, flaw: Flaw) -> None:
    [read] = parse_people(line)
    assert read.flaw == flaw
    assert read.typed == line


def test_several_people_on_a_line_as_mail_programs_write_them() -> None:
    lines = parse_people("Alix Exemple <alix@example.org>; Camille Exemple <camille@example.org>,\nDo Exemple <do@example.org>")
    assert [line.email for line in lines] == ["alix@example.org", "camille@example.org", "do@example.org"]
    assert [line.number for line in lines] == [1, 1, 2]


def test_an_address_counts_once_and_the_first_line_wins() -> None:
    first, second = parse_people("Alix;alix@example.org\n\nAlix encore;ALIX@example.org")
    assert (first.flaw, second.flaw, second.number) == (None, Flaw.TWICE, 3)


@settings(deadline=None)  # what other tests do meanwhile is not its time
@given(st.text(max_size=300))
def test_whatever_is_pasted_nothing_fails_and_no_line_is_lost(text: str) -> None:
    """A line gives at least one answer; what stands in the answers is what was typed."""
    lines = parse_people(text)
    typed = {number for number, line in enumerate(text.splitlines(), start=1) if line.strip()}
    assert typed <= {line.number for line in lines}
    assert all(line.typed in text for line in lines)
    assert all(line.flaw or (line.name and line.email) for line in lines)
