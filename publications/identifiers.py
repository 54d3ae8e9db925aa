"""Numbers printed in books, checked by their own rule."""

import re


def valid_isbn(text: str) -> bool:
    """Whether `text` is an ISBN of 10 or 13 digits with the right check digit; hyphens and spaces are forgiven."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
    return False


def valid_issn(text: str) -> bool:
    """Whether `text` is an ISSN, written 1234-5679, with the right check digit."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", text):
        return False
    digits = text.replace("-", "")
    return sum((10 if digit == "X" else int(digit)) * (8 - place) for place, digit in enumerate(digits)) % 11 == 0
