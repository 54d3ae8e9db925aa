"""A report as bytes, and back. The same figures give the same bytes: names in order, no moment, no number a machine writes its own way."""

import datetime
import hashlib
import json
from decimal import Decimal
from typing import Any

from core.figures.period import Period
from core.models.vocabulary import Programme
from figures.report.figure import Number, ReportFigure, ReportPart
from figures.report.reading import Report

FORMAT = 1


def to_bytes(report: Report) -> bytes:
    """Canonical JSON. Decimals are written as text, so that no reader rounds them."""
    told = {
        "format": FORMAT,
        "period": {"first": report.period.first.isoformat(), "last": report.period.last.isoformat()},
        "programmes": [str(programme) for programme in report.programmes],
        "figures": [_figure(figure) for figure in report.figures],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(report: Report) -> str:
    """SHA-256 of its bytes."""
    return hashlib.sha256(to_bytes(report)).hexdigest()


def from_bytes(content: bytes | memoryview) -> Report:
    """What was approved, whatever the definitions say today."""
    told = json.loads(bytes(content))
    period = Period(*(datetime.date.fromisoformat(told["period"][name]) for name in ("first", "last")))
    return Report(period, tuple(Programme(name) for name in told["programmes"]), tuple(_read(each) for each in told["figures"]))


def _figure(figure: ReportFigure) -> dict[str, Any]:
    plain = ("key", "programme", "section", "unit", "unknown", "is_breakdown", "adds_up", "part_of")
    # Told only where there is something to tell, so that versions approved before they were known are the same bytes.
    relations = {name: list(keys) for name in ("sum_of", "computed_from") if (keys := getattr(figure, name))}
    kept_inside = {} if figure.is_public else {"is_public": False}
    return (
        {name: getattr(figure, name) for name in plain}
        | relations
        | kept_inside
        | {
            "labels": dict(figure.labels),
            "counts": dict(figure.counts),
            "value": None if figure.value is None else _written(figure.value),
            "known": _written(figure.known),
            "parts": [_part(part) for part in figure.parts],
        }
    )


def _part(part: ReportPart) -> dict[str, Any]:
    """A key only where it has one of its own."""
    told = {"code": part.code, "labels": dict(part.labels), "value": _written(part.value), "share": str(part.share)}
    return told | ({"key": part.key} if part.key else {})


def _written(value: Number) -> str:
    """`30.50` and `30.5` are the same number, and written the same."""
    return format(Decimal(value).normalize(), "f")


def _read(told: dict[str, Any]) -> ReportFigure:
    parts = tuple(_read_part(each) for each in told["parts"])
    value = None if told["value"] is None else _number(told["value"])
    relations = {name: tuple(told[name]) for name in ("sum_of", "computed_from") if name in told}
    return ReportFigure(**(told | relations | {"value": value, "known": _number(told["known"]), "parts": parts}))


def _read_part(told: dict[str, Any]) -> ReportPart:
    return ReportPart(told["code"], told["labels"], _number(told["value"]), Decimal(told["share"]), told.get("key", ""))


def _number(written: str) -> Number:
    return Decimal(written) if "." in written else int(written)
