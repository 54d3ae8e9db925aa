"""Numbers printed in books."""

import pytest

from publications.identifiers import valid_isbn, valid_issn


@pytest.mark.parametrize("text", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "0 306 40615 2", "080442957X"])
def test_an_isbn_of_13_or_10_digits_is_valid(text: str) -> None:
    assert valid_isbn(text)


@pytest.mark.parametrize("text", ["978-0-306-40615-8", "0-306-40615-3", "306-40615-2", "ISBN 0306406152", "12", ""])
def test_a_wrong_digit_or_another_length_is_no_isbn(text: str) -> None:
    assert not valid_isbn(text)


@pytest.mark.parametrize(
    ("text", "is_valid"), [("2049-3630", True), ("2434-561X", True), ("20493630", False), ("2049-3631", False), ("", False)]
)
def test_an_issn_is_written_with_its_hyphen(text: str, is_valid: bool) -> None:
    assert valid_issn(text) is is_valid
