"""People over all programmes that are asked together: who took part in two of them is one person (decision 37)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Breakdown, Count, Definition, Part, Rows, Source
from core.figures.period import Scope
from core.figures.questions import Questions, in_total
from core.models import FigureUnit, Organisation
from trainings.figures.held import attended_half_days, participations
from trainings.figures.rows import attendance_rows, enrolment_rows, named_rows, people_rows
from trainings.figures.sectors import of_sector, sector_part, sectors_of
from trainings.models import Attendance, Enrolment, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRead:
    """All who were present at anything in these days, in the programmes that are asked."""

    participations: int
    people: int
    forgotten: int
    organisations: int
    without_organisation: int
    without_sector: int
    attended: int
    sectors: tuple[Part, ...]


def _participations(scope: Scope) -> QuerySet[Enrolment]:
    return participations(scope.period).filter(counts_for__in=scope.programmes)


def _attended(scope: Scope) -> QuerySet[Attendance]:
    return attended_half_days(scope.period).filter(counts_for__in=scope.programmes)


def ask_people(scope: Scope) -> Questions[PeopleRead]:
    """Three."""
    present = _participations(scope)
    [numbers] = yield in_total(
        present,
        participations=CountOf("pk"),
        people=CountOf("participant", distinct=True),
        forgotten=CountOf("pk", filter=Q(participant=None)),
        organisations=CountOf("organisation", distinct=True),
        without_organisation=CountOf("pk", filter=Q(organisation=None)),
        without_sector=CountOf("pk", filter=Q(sector=None)),
    )
    [half_days] = yield in_total(_attended(scope), attended=CountOf("pk"))
    sectors = tuple(sector_part(row) for row in (yield sectors_of(present)))
    del numbers["in_total"]
    return PeopleRead(**numbers, attended=half_days["attended"], sectors=sectors)


def people(read: PeopleRead) -> Count:
    """People present at least once, each counted once over all programmes asked together, trainings and groups alike.

    A person is one e-mail address; two addresses of one person are two people until somebody merges them, then one, for earlier years
    as well. Unknown: participations of people forgotten since (five years after the last meeting, or when they asked), and places
    without a name: nobody can tell whether they are somebody counted already, so they are not added.
    """
    return Count(read.people, known=read.participations - read.forgotten, unknown=read.forgotten)


def all_participations(read: PeopleRead) -> Count:
    """Enrolments of people who were present at least once: a person as often as the trainings and groups she took part in."""
    return Count(read.participations, known=read.participations)


def attended(read: PeopleRead) -> Count:
    """Half-days attended: one for each person and meeting, present or late."""
    return Count(read.attended, known=read.attended)


def institutions(read: PeopleRead) -> Count:
    """Institutions of the directory that people present came from. Unknown: participations whose institution is not in it."""
    return Count(read.organisations, known=read.participations - read.without_organisation, unknown=read.without_organisation)


def by_sector(read: PeopleRead) -> Breakdown:
    """Participations by the sector told at enrolment. Shares are of those that are known."""
    return Breakdown(read.sectors, unknown=read.without_sector)


def _people_rows(scope: Scope, code: str) -> Rows:
    return people_rows(Participant.objects.filter(pk__in=_participations(scope).values("participant")))


def _participation_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(_participations(scope))


def _attended_rows(scope: Scope, code: str) -> Rows:
    return attendance_rows(_attended(scope))


def _institution_rows(scope: Scope, code: str) -> Rows:
    return named_rows(Organisation.objects.filter(pk__in=_participations(scope).values("organisation")), "core_organisations:edit")


def _sector_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(of_sector(_participations(scope), code))


ALWAYS: dict[str, Any] = {"programme": None, "section": "introduction"}
PEOPLE = Source(
    name="people",
    ask=ask_people,
    definitions=(
        Definition(
            key="all_people",
            unit=FigureUnit.PERSONS,
            label=_("Different people"),
            counts=_("People present at a training or in a group at least once, each counted once over the programmes of this report."),
            count=people,
            rows=_people_rows,
            computed_from=("all_participations",),
            **ALWAYS,
        ),
        Definition(
            key="all_participations",
            unit=FigureUnit.PARTICIPANTS,
            label=_("Participations"),
            counts=_("Enrolments of people who were present at least once; a person as often as what she took part in."),
            count=all_participations,
            rows=_participation_rows,
            # In a year without other groups.
            sum_of=("tr_participants", "hf_tr_participants", "pat_tr_participants", "table_participants", "days_attended"),
            **ALWAYS,
        ),
        Definition(
            key="all_attended",
            unit=FigureUnit.COUNT,
            label=_("Half-days attended"),
            counts=_("One for each person and half-day, present or late."),
            count=attended,
            rows=_attended_rows,
            computed_from=("all_participations",),
            **ALWAYS,
        ),
        Definition(
            key="all_institutions",
            unit=FigureUnit.INSTITUTIONS,
            label=_("Institutions"),
            counts=_("Institutions of our directory that people who were present came from."),
            count=institutions,
            rows=_institution_rows,
            computed_from=("all_participations",),
            **ALWAYS,
        ),
        Definition(
            key="all_sector",
            unit=FigureUnit.PARTICIPANTS,
            label=_("Participations by sector"),
            counts=_("Participations by the sector told when the person enrolled; shares are of those that are known."),
            count=by_sector,
            rows=_sector_rows,
            part_of="all_participations",
            **ALWAYS,
        ),
    ),
)
