"""Parts whose key is not that of their breakdown, and parts that are euros."""

from decimal import Decimal
from typing import Any

import pytest

from core.figures.definitions import Breakdown, Definition, Part
from core.figures.period import Period
from core.models import FigureUnit, Programme
from figures.percentages import shares
from figures.report.canonical import from_bytes, to_bytes
from figures.report.figure import counted, key_of_part
from figures.report.public import public
from figures.report.reading import Report

NAMES = {"fr": "a", "nl": "a", "en": "a"}


def report_of(unit: FigureUnit, *parts: Part) -> Report:
    found = Breakdown(parts)
    words: dict[str, Any] = {"section": "hf-people", "unit": unit, "label": "People", "counts": "People.", "count": lambda read: found}
    definition = Definition(key="hf_funding", programme=Programme.HOUSING_FIRST, **words)
    return Report(Period.of_year(2024), tuple(Programme), (counted("tests", definition, found),))


def test_a_part_is_known_by_its_own_key_also_once_it_is_frozen() -> None:
    report = report_of(FigureUnit.PERSONS, Part("ggc", NAMES, 83, "hf_ggc"), Part("other", NAMES, 9))
    for each in (report, from_bytes(to_bytes(report))):
        figure = each.by_key["hf_funding"]
        assert [key_of_part(figure.key, part) for part in figure.parts] == ["hf_ggc", "hf_funding_other"]
    assert to_bytes(from_bytes(to_bytes(report))) == to_bytes(report)


def test_one_tenant_is_hidden_under_a_key_of_its_own_too() -> None:
    report = report_of(
        FigureUnit.PERSONS, Part("ggc", NAMES, 83, "hf_ggc"), Part("mis", NAMES, 1, "hf_mis"), Part("interned", NAMES, 30, "hf_interned")
    )
    assert 1 not in [part.value for part in public(report).by_key["hf_funding"].parts]


def test_euros_keep_their_cents_and_their_shares_add_up() -> None:
    amounts = [Decimal("1493200.00"), Decimal("222578.65"), Decimal("3478.74")]
    report = report_of(FigureUnit.EURO, *(Part(f"source-{number}", NAMES, amount) for number, amount in enumerate(amounts)))
    frozen = from_bytes(to_bytes(report))
    assert [part.value for part in frozen.by_key["hf_funding"].parts] == amounts
    assert sum(part.share for part in frozen.by_key["hf_funding"].parts) == 100
    assert to_bytes(frozen) == to_bytes(report)


@pytest.mark.parametrize("values", [[Decimal("0.01"), Decimal("0.02")], [1, Decimal("2.50")]], ids=["cents", "mixed"])
def test_shares_of_euros(values: list[Any]) -> None:
    assert sum(shares(values)) == 100
