"""Exchange tables and study mornings of Connect: how many took place, and how many people came."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Count, Definition, Rows, Source
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from core.models import FigureUnit, Programme
from trainings.enums import SessionKind
from trainings.figures.held import held_meetings, participations
from trainings.figures.rows import enrolment_rows, session_rows
from trainings.models import Enrolment, Session

TABLE, MORNING = SessionKind.EXCHANGE_TABLE, SessionKind.STUDY_MORNING
# By kind. Shape: {"exchange_table": {"held": 1, "without_roll": 0, "present": 12}}.
type ExchangesRead = dict[str, dict[str, int]]


def _sessions(period: Period, kind: SessionKind) -> QuerySet[Session]:
    return Session.objects.filter(pk__in=held_meetings(period).filter(session__kind=kind).values("session"))


def _present(period: Period, kind: SessionKind) -> QuerySet[Enrolment]:
    return participations(period).filter(session__kind=kind)


def ask_exchanges(scope: Scope) -> Questions[ExchangesRead]:
    """Two."""
    period = scope.period
    found = {kind.value: {"held": 0, "without_roll": 0, "present": 0} for kind in (TABLE, MORNING)}
    meetings = held_meetings(period).filter(session__kind__in=found).order_by().values("session__kind")
    counted = meetings.annotate(held=CountOf("session", distinct=True), due=CountOf("pk", filter=Q(roll_closed_at=None)))
    for row in (yield counted):
        found[row["session__kind"]] |= {"held": row["held"], "without_roll": row["due"]}
    people = participations(period).filter(session__kind__in=found).order_by().values("session__kind")
    for row in (yield people.annotate(present=CountOf("pk"))):
        found[row["session__kind"]]["present"] = row["present"]
    return found


def tables_held(read: ExchangesRead) -> Count:
    """Exchange tables with at least one meeting in these days."""
    return Count(read[TABLE]["held"], known=read[TABLE]["held"])


def table_participants(read: ExchangesRead) -> Count:
    """People present at an exchange table; at two of them, twice. Unknown: meetings of which the roll call is not closed."""
    return Count(read[TABLE]["present"], known=read[TABLE]["present"], unknown=read[TABLE]["without_roll"])


def mornings_held(read: ExchangesRead) -> Count:
    """Study mornings and days with at least one meeting in these days."""
    return Count(read[MORNING]["held"], known=read[MORNING]["held"])


def day_attendees(read: ExchangesRead) -> Count:
    """People present at a study morning or day; at two of them, twice. Unknown: meetings of which the roll call is not closed.

    A day on which nobody enrols by name is counted by the activities, not here.
    """
    return Count(read[MORNING]["present"], known=read[MORNING]["present"], unknown=read[MORNING]["without_roll"])


def _held_rows(kind: SessionKind) -> Callable[[Scope, str], Rows]:
    return lambda scope, code: session_rows(_sessions(scope.period, kind))


def _present_rows(kind: SessionKind) -> Callable[[Scope, str], Rows]:
    return lambda scope, code: enrolment_rows(_present(scope.period, kind))


ALWAYS: dict[str, Any] = {"programme": Programme.CONNECT, "section": "exchange-table"}
EXCHANGES = Source(
    name="exchanges",
    ask=ask_exchanges,
    definitions=(
        Definition(
            key="tables_held",
            unit=FigureUnit.COUNT,
            label=_("Exchange tables"),
            counts=_("Exchange tables that met at least once."),
            count=tables_held,
            rows=_held_rows(TABLE),
            **ALWAYS,
        ),
        Definition(
            key="table_participants",
            unit=FigureUnit.PERSONS,
            label=_("People at the exchange tables"),
            counts=_("People present at an exchange table."),
            count=table_participants,
            rows=_present_rows(TABLE),
            **ALWAYS,
        ),
        Definition(
            key="days_held",
            unit=FigureUnit.COUNT,
            label=_("Study mornings and days"),
            counts=_("Study mornings and days that took place."),
            count=mornings_held,
            rows=_held_rows(MORNING),
            **ALWAYS,
        ),
        Definition(
            key="days_attended",
            unit=FigureUnit.PERSONS,
            label=_("People at study mornings and days"),
            counts=_("People present at a study morning or day."),
            count=day_attendees,
            rows=_present_rows(MORNING),
            **ALWAYS,
        ),
    ),
)
