"""The year before, beside: as it was approved, or counted now where nothing was."""

from core.figures.period import Period, Scope
from figures.models import Snapshot
from figures.report.canonical import from_bytes
from figures.report.reading import Report, read_report, read_reports


def programme_asked(scope: Scope) -> str | None:
    """The programme a snapshot of this scope has: empty for all together; None for a choice of some, which is never approved."""
    if len(scope.programmes) == 1:
        return str(next(iter(scope.programmes)))
    return "" if scope == Scope(scope.period) else None


def approved(scope: Scope) -> Snapshot | None:
    """The version that stands for a whole year."""
    programme = programme_asked(scope)
    if programme is None or scope.period != Period.of_year(scope.period.year):
        return None
    return Snapshot.objects.latest_of(scope.period.year, programme)


def year_before(scope: Scope) -> Report:
    """The same days of the year before."""
    before = Scope(scope.period.year_before(), scope.programmes)
    snapshot = approved(before)
    return from_bytes(snapshot.content) if snapshot else read_report(before)


def with_year_before(scope: Scope) -> tuple[Report, Report]:
    """The report as it is counted now, and the year before beside: counted together, unless that one was approved."""
    before = Scope(scope.period.year_before(), scope.programmes)
    snapshot = approved(before)
    if snapshot:
        return read_report(scope), from_bytes(snapshot.content)
    now, earlier = read_reports(scope.programmes, scope.period, before.period)
    return now, earlier
