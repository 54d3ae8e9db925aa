"""Intervisions of the PAT project: those of peer workers, group by group, and those of people who lead a team with a peer worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Breakdown, Count, Definition, Part, Rows, Source
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from core.models import FigureUnit, Programme
from trainings.enums import SessionKind
from trainings.figures.held import attended_half_days, held_meetings, registered
from trainings.figures.intervisions import rounded
from trainings.figures.rows import enrolment_rows, meeting_rows
from trainings.figures.sectors import of_sector, sector_part, sectors_of
from trainings.models import Audience, Enrolment, Meeting, Session

PEERS, LEADS = Audience.PEER_WORKERS, Audience.TEAM_LEADS


@dataclass(frozen=True, slots=True)
class PeerGroupsRead:
    """The groups that met in these days, with what was counted of each, and the sectors of the peer workers in them."""

    groups: Sequence[Any]
    sectors: tuple[Part, ...]

    def of(self, audience: Audience) -> list[Any]:
        return [group for group in self.groups if group.cycle.audience == audience]


def _meetings(period: Period, *audiences: Audience) -> QuerySet[Meeting]:
    return held_meetings(period).filter(session__kind=SessionKind.INTERVISION, session__cycle__audience__in=audiences)


def _groups(period: Period, *audiences: Audience) -> QuerySet[Session]:
    """Groups that met in these days."""
    return Session.objects.filter(pk__in=_meetings(period, *audiences).values("session"))


def _people(period: Period, *audiences: Audience) -> QuerySet[Enrolment]:
    return registered(period).filter(session__in=_groups(period, *audiences))


def ask_peer_groups(scope: Scope) -> Questions[PeerGroupsRead]:
    """Two."""
    period = scope.period

    def number(rows: QuerySet[Any], session: str, only: Q | None = None) -> Any:
        counted = rows.filter(**{session: OuterRef("pk")}).order_by().values(session).annotate(n=CountOf("pk", filter=only)).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    closed = Q(roll_closed_at__isnull=False)
    meetings, present = held_meetings(period), attended_half_days(period).filter(meeting__roll_closed_at__isnull=False)
    groups = _groups(period, PEERS, LEADS).select_related("cycle", "module").order_by("cycle__first_day", "pk")
    counted = yield groups.annotate(
        meeting_count=number(meetings, "session"),
        closed_count=number(meetings, "session", closed),
        attended_count=number(present, "meeting__session"),
        people_count=number(registered(period), "session"),
    )
    sectors = yield sectors_of(_people(period, PEERS))
    return PeerGroupsRead(counted, tuple(sector_part(row) for row in sectors))


# What is counted


def peer_meetings(read: PeerGroupsRead) -> Breakdown:
    """Meetings of each group of peer workers in these days."""
    return _by_group(read, lambda group: group.meeting_count, adds_up=True)


def peer_average(read: PeerGroupsRead) -> Breakdown:
    """People present at a meeting of the group on average, in whole people. Meetings whose roll call is not closed are left out."""
    return _by_group(read, lambda group: rounded(group.attended_count, group.closed_count))


def peer_registered(read: PeerGroupsRead) -> Breakdown:
    """People with a seat in each group that met in these days. Somebody in two groups is in both numbers."""
    return _by_group(read, lambda group: group.people_count, adds_up=True)


def peer_sectors(read: PeerGroupsRead) -> Breakdown:
    """People with a seat in a group of peer workers, by the sector told at enrolment. Shares are of those that are known."""
    everybody = sum(group.people_count for group in read.of(PEERS))
    return Breakdown(read.sectors, unknown=everybody - sum(part.value for part in read.sectors))


def lead_registered(read: PeerGroupsRead) -> Count:
    """People who lead a team with a peer worker and have a seat in a group that met in these days."""
    number = sum(group.people_count for group in read.of(LEADS))
    return Count(number, known=number)


def lead_meetings(read: PeerGroupsRead) -> Count:
    """Meetings of the groups for people who lead a team with a peer worker, in these days."""
    number = sum(group.meeting_count for group in read.of(LEADS))
    return Count(number, known=number)


def _by_group(read: PeerGroupsRead, number: Callable[[Any], int], *, adds_up: bool = False) -> Breakdown:
    return Breakdown(tuple(Part(code_of(group), _labels(group), number(group)) for group in read.of(PEERS)), adds_up=adds_up)


def code_of(group: Session) -> str:
    """The code of a group in the keys of its figures."""
    return group.reference.lower()


def _labels(group: Session) -> dict[str, str]:
    return {language: f"{group.cycle.name_in(language)} – {group.name}" for language in ("fr", "nl", "en") if group.cycle}


# The rows behind


def _meeting_rows(scope: Scope, code: str) -> Rows:
    return meeting_rows(_meetings(scope.period, PEERS).filter(session__reference__iexact=code))


def _registered_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(_people(scope.period, PEERS).filter(session__reference__iexact=code))


def _sector_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(of_sector(_people(scope.period, PEERS), code))


def _lead_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(_people(scope.period, LEADS))


def _lead_meeting_rows(scope: Scope, code: str) -> Rows:
    return meeting_rows(_meetings(scope.period, LEADS))


ALWAYS: dict[str, Any] = {"programme": Programme.SUPPORT, "section": "pat-intervisions"}
PEER_GROUPS = Source(
    name="peer_groups",
    ask=ask_peer_groups,
    definitions=(
        Definition(
            key="pat_iv_meet",
            unit=FigureUnit.MEETINGS,
            label=_("Peer workers: meetings of each group"),
            counts=_("Meetings of each intervision group of peer workers."),
            count=peer_meetings,
            rows=_meeting_rows,
            **ALWAYS,
        ),
        Definition(
            key="pat_iv_avg",
            unit=FigureUnit.PERSONS,
            label=_("Peer workers: people present on average"),
            counts=_("People present at a meeting on average; meetings without a closed roll call are left out."),
            count=peer_average,
            **ALWAYS,
        ),
        Definition(
            key="pat_iv_reg",
            unit=FigureUnit.PERSONS,
            label=_("Peer workers: people with a seat"),
            counts=_("People with a seat in each group that met."),
            count=peer_registered,
            rows=_registered_rows,
            **ALWAYS,
        ),
        Definition(
            key="pat_interv_sector",
            unit=FigureUnit.PERSONS,
            label=_("Peer workers: people by sector"),
            counts=_("People with a seat in an intervision group of peer workers, by their sector."),
            count=peer_sectors,
            rows=_sector_rows,
            part_of="pat_iv_reg",
            **ALWAYS,
        ),
        Definition(
            key="pat_coord_reg",
            unit=FigureUnit.PERSONS,
            label=_("Team leads: people with a seat"),
            counts=_("People who lead a team with a peer worker and have a seat in a group that met."),
            count=lead_registered,
            rows=_lead_rows,
            **ALWAYS,
        ),
        Definition(
            key="pat_coord_meet",
            unit=FigureUnit.MEETINGS,
            label=_("Team leads: meetings"),
            counts=_("Meetings of the groups for people who lead a team with a peer worker."),
            count=lead_meetings,
            rows=_lead_meeting_rows,
            **ALWAYS,
        ),
    ),
)
