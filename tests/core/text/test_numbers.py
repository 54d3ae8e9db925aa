"""Numbers are written as the reader's language does."""

from decimal import Decimal

import pytest
from django.utils import translation

from core.text.numbers import written_number

NUMBERS = [
    ("fr", 2542, "2\u00a0542"),
    ("fr", Decimal("30.50"), "30,5"),
    ("fr", 1493200.0, "1\u00a0493\u00a0200"),
    ("nl", 12000, "12.000"),
    ("nl", 222578.65, "222.578,65"),
    ("en", Decimal("1234.00"), "1,234"),
    ("en", 0, "0"),
]


@pytest.mark.parametrize(("language", "value", "written"), NUMBERS)
def test_thousands_stand_apart_and_useless_zeros_go(language: str, value: Decimal | float, written: str) -> None:
    with translation.override(language):
        assert written_number(value) == written
