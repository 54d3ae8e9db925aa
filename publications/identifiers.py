"""Numbers printed in books, checked by their check digit."""

from stdnum import isbn, issn
from stdnum.util import clean


def valid_isbn(text: str) -> bool:
    """Whether `text` is an ISBN of 10 or 13 digits; hyphens and spaces are ignored. (The library also takes the SBN of 9 digits.)"""
    return len(clean(text, " -")) in {10, 13} and isbn.is_valid(text)


def valid_issn(text: str) -> bool:
    """Whether `text` is an ISSN, written 1234-5679."""
    return issn.is_valid(text) and issn.format(text) == text
