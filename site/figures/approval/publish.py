"""An approved report goes to the store of figures, which the blocks of the site read (decision 28).

Small numbers stay out (`figures.report.public`). A figure over all programmes is public from the report of all programmes; the report of
one programme writes what is of that programme alone. So no number is public for two scopes of which one is the other less a third.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from core.figures.sections import section_label
from core.languages import Language
from core.models import Figure, FigureUnit, FigureValue
from figures.models import Snapshot
from figures.report.figure import ReportFigure, Words, key_of_part, key_of_share
from figures.report.public import TOGETHER, public
from figures.report.reading import Report

LONGEST = 200
# The language of the printed report: what the sections of the store are called in.
LANGUAGE_OF_SECTIONS = Language.NL


@dataclass(frozen=True, slots=True)
class Line:
    """A number on its way to the store. `share` is what a figure counted in percent gets of a part."""

    key: str
    figure: ReportFigure
    labels: Words
    value: Decimal | None
    unit: str
    share: Decimal | None = None


def publish(*, snapshot: Snapshot, report: Report) -> Counter[str]:
    """Writes every number that may be shown; takes back what an earlier version showed and this one does not. Inside a transaction."""
    lines = {line.key: line for figure in public(report).figures if figure.programme or not snapshot.programme for line in _lines(figure)}
    stored = {figure.key: figure for figure in Figure.objects.filter(key__in=lines)}
    values = {value.figure.key: value for value in FigureValue.objects.filter(year=snapshot.year).select_related("figure")}
    done: Counter[str] = Counter()
    for line in lines.values():
        value = _value_for(line, stored.get(line.key))
        if value is None:
            continue
        figure = stored.get(line.key) or Figure.objects.create(**_facts(line))
        _write(figure, value, values.get(line.key), snapshot)
        done["written"] += 1
        values.pop(line.key, None)
    done["taken back"] = _take_back(values, snapshot)
    return done


def _lines(figure: ReportFigure) -> Iterator[Line]:
    """A figure, each part of a breakdown, and the part's share."""
    if figure.is_hidden or figure.value is None:
        return
    if not figure.is_breakdown:
        yield Line(figure.key, figure, figure.labels, Decimal(figure.value), figure.unit)
    for part in figure.parts:
        if part.code != TOGETHER:
            yield Line(key_of_part(figure.key, part), figure, part.labels, Decimal(part.value), figure.unit, part.share)
            yield Line(key_of_share(figure.key, part.code), figure, part.labels, part.share, FigureUnit.PERCENT)


def _value_for(line: Line, stored: Figure | None) -> Decimal | None:
    """The number in the unit its figure has in the store; None where it is counted in another: that would be another figure."""
    if stored is None or stored.unit == line.unit:
        return line.value
    return line.share if stored.unit == FigureUnit.PERCENT else None


def _facts(line: Line) -> dict[str, str]:
    with translation.override(LANGUAGE_OF_SECTIONS):
        section = section_label(line.figure.section)
    labels = {f"label_{language}": line.labels.get(language, line.key)[:LONGEST] for language in Language.values}
    return {"key": line.key, "programme": line.figure.programme, "section": section, "unit": line.unit, **labels}


def _write(figure: Figure, number: Decimal, value: FigureValue | None, snapshot: Snapshot) -> None:
    value = value or FigureValue(figure=figure, year=snapshot.year)
    value.value = round(number, 2)
    value.is_approximate = False
    value.approved_version = snapshot.version
    for language in Language.values:
        with translation.override(language):
            setattr(value, f"source_{language}", _("Activity report %(year)s") % {"year": snapshot.year})
    value.save()


def _take_back(left: dict[str, FigureValue], snapshot: Snapshot) -> int:
    """What an earlier approval wrote and is not shown any more. What a printed report said is public, and stays."""
    own = [value.pk for value in left.values() if value.approved_version and _is_of(value.figure, snapshot)]
    return FigureValue.objects.filter(pk__in=own).delete()[0]


def _is_of(figure: Figure, snapshot: Snapshot) -> bool:
    return not snapshot.programme or figure.programme == snapshot.programme
