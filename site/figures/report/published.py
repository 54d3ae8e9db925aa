"""What was published of a year and has a note: a contradiction, another way of counting. Shown beside what is counted, to colleagues."""

from collections.abc import Iterator, Mapping

from core.models import FigureValue
from figures.report.figure import ReportFigure, key_of_part, key_of_share


def published_with_notes(year: int) -> dict[str, FigureValue]:
    """Values of the store that have a note, by key. One query."""
    values = FigureValue.objects.filter(year=year).exclude(note="").select_related("figure")
    return {value.figure.key: value for value in values}


def notes_about(figure: ReportFigure, published: Mapping[str, FigureValue]) -> Iterator[FigureValue]:
    """Those of a figure, of its parts and of their shares."""
    keys = [figure.key]
    for part in figure.parts:
        keys += [key_of_part(figure.key, part), key_of_share(figure.key, part.code)]
    yield from (published[key] for key in dict.fromkeys(keys) if key in published)
