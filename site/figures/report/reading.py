"""The whole report of a period, every source read once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ImproperlyConfigured

from core.figures.definitions import Definition, Source, sources
from core.figures.period import Period, Scope
from core.figures.sections import section_label
from core.models.vocabulary import Programme
from figures.report.figure import ReportFigure, counted, in_order


@dataclass(frozen=True)
class Section:
    """A section of the report with its figures."""

    id: str
    figures: tuple[ReportFigure, ...]

    @property
    def label(self) -> str:
        return section_label(self.id)


@dataclass(frozen=True)
class Report:
    """Figures of a period, in the order of the report."""

    period: Period
    programmes: tuple[Programme, ...]
    figures: tuple[ReportFigure, ...]

    @property
    def year(self) -> int:
        return self.period.year

    @cached_property
    def by_key(self) -> dict[str, ReportFigure]:
        return {figure.key: figure for figure in self.figures}

    def sections(self) -> list[Section]:
        """Those that have a figure."""
        return [Section(name, tuple(figures)) for name, figures in groupby(self.figures, key=lambda figure: figure.section)]


def asked(definition: Definition, scope: Scope, keys: Collection[str] | None = None) -> bool:
    """Whether a figure is one of the programmes asked, or of all of them together."""
    return (definition.programme is None or definition.programme in scope.programmes) and (keys is None or definition.key in keys)


def read_report(scope: Scope, *, keys: Collection[str] | None = None) -> Report:
    """Each source is read once, if one of its figures is asked. `keys`: these figures only."""
    [report] = read_reports(scope.programmes, scope.period, keys=keys)
    return report


def read_reports(programmes: frozenset[Programme], *periods: Period, keys: Collection[str] | None = None) -> list[Report]:
    """Of several periods, with the queries of one."""
    scopes = [Scope(period, programmes) for period in periods]
    told: list[dict[str, ReportFigure]] = [{} for _scope in scopes]
    for source in _counted_first():
        for figures, found in zip(told, _read(source, scopes, keys), strict=False):
            for figure in found:
                # Two sources may know the same figure: the first that knows something tells it.
                if figure.key not in figures or not figures[figure.key].known:
                    figures[figure.key] = figure
    in_report = tuple(each for each in Programme if each in programmes)
    return [Report(period, in_report, tuple(sorted(each.values(), key=in_order))) for period, each in zip(periods, told, strict=True)]


def _read(source: Source, scopes: Sequence[Scope], keys: Collection[str] | None) -> Iterator[list[ReportFigure]]:
    """The figures of a source in each scope; nothing where none of them is asked. The scopes are of the same programmes."""
    wanted = [each for each in source.definitions if asked(each, scopes[0], keys)]
    if wanted:
        for read in source.read_together(scopes):
            yield [counted(source.name, each, each.count(read)) for each in wanted]


def _counted_first() -> list[Source]:
    return sorted(sources(), key=lambda source: source.is_typed)


def definitions() -> dict[tuple[str, str], Definition]:
    """Every figure that is defined, by its source and its key. Raises ImproperlyConfigured where a source has a key twice."""
    found: dict[tuple[str, str], Definition] = {}
    for source in _counted_first():
        for each in source.definitions:
            if (source.name, each.key) in found:
                raise ImproperlyConfigured(f"{source.name} has two figures with the key {each.key}.")
            found[source.name, each.key] = each
    return found
