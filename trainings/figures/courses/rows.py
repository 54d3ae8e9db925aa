"""The rows behind the figures of training courses."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from core.figures.definitions import Rows
from core.figures.period import Scope
from core.models import Organisation, Sector
from trainings.figures.courses.read import PAT, meetings_of, modules_on_offer, of_strand, participations_of
from trainings.figures.held import attended_half_days, with_first_of_day
from trainings.figures.rows import attendance_rows, enrolment_rows, meeting_rows, named_rows, people_rows, session_rows
from trainings.figures.sectors import of_sector
from trainings.models import Meeting, Module, Participant, Session, Trainer

type RowsOf = Callable[[Scope, str], Rows]


def rows_of(name: str) -> dict[str, RowsOf]:
    """How the figures of one strand are opened, by the last part of their keys."""

    def enrolled(scope: Scope) -> QuerySet[Any]:
        return participations_of(scope.period, name)

    def held(scope: Scope) -> QuerySet[Meeting]:
        return meetings_of(scope.period, name)

    def attendances(scope: Scope) -> QuerySet[Any]:
        return of_strand(attended_half_days(scope.period), name, session="meeting__session__")

    def named(model: type[Model], path: str, rows: Callable[[Scope], QuerySet[Any]], url_name: str) -> RowsOf:
        return lambda scope, code: named_rows(model._default_manager.filter(pk__in=rows(scope).values(path)), url_name)

    return {
        "half_days": lambda scope, code: meeting_rows(held(scope)),
        "days": lambda scope, code: meeting_rows(with_first_of_day(held(scope)).filter(is_first=True)),
        "sessions": lambda scope, code: session_rows(Session.objects.filter(pk__in=held(scope).values("session"))),
        "modules": named(Module, "session__module", held, "trainings_modules:inspect"),
        "participants": lambda scope, code: enrolment_rows(enrolled(scope)),
        "people": lambda scope, code: people_rows(Participant.objects.filter(pk__in=enrolled(scope).values("participant"))),
        "attended": lambda scope, code: attendance_rows(attendances(scope)),
        "institutions": named(Organisation, "organisation", enrolled, "core_organisations:edit"),
        "trainers": named(Trainer, "session__trainers", held, "trainings_trainers:edit"),
        "sectors": named(Sector, "sector", enrolled, "core_sectors:edit"),
        "sector": lambda scope, code: enrolment_rows(of_sector(enrolled(scope), code)),
    }


def training_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(participations_of(scope.period, PAT).filter(session__reference__iexact=code))


def on_offer_rows(scope: Scope, code: str) -> Rows:
    return named_rows(modules_on_offer(), "trainings_modules:inspect")
