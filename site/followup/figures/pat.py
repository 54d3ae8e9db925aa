"""Figures of PAT (peer and team support): teams accompanied and supervised, what was prepared and held, hires."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count as CountRows
from django.db.models import Exists, Max, OuterRef
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import UNKNOWN, Breakdown, Count, Definition, Part, Rows, Source, in_languages
from core.figures.period import Scope
from core.figures.questions import Questions, in_total
from core.languages import NAMES
from core.models.figures import FigureUnit
from core.models.vocabulary import Programme
from followup.enums import EventKind, Pillar
from followup.figures import parts, rows
from followup.models import FileEvent, Request

# What is done to prepare a team; the codes are those of the report.
WORK: Final = {
    EventKind.WORKING_GROUP: "wg",
    EventKind.TEAM_MEETING: "team",
    EventKind.TRAINING_DAY: "days",
    EventKind.JOB_INTERVIEW: "jobint",
    EventKind.MEETING: "other",
    EventKind.INTRODUCTION: "intro",
}
ACCOMPANIED_BY: Final = (*WORK, EventKind.HIRE)
ALONE: Final = "alone"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, once a report."""

    sectors: Breakdown
    events: Counter[str]
    supervised: tuple[Part, ...]
    teams_total: int
    hires_total: int


def ask(scope: Scope) -> Questions[Facts]:
    """Six, however many files there are."""
    found = yield _held(scope).order_by().values("kind").annotate(n=CountRows("pk"))
    [teams] = yield in_total(_teams_total(scope), number=CountRows("pk"))
    [hires] = yield in_total(_hires_total(scope), number=CountRows("pk"))
    return Facts(
        sectors=(yield from parts.sectors_of(_accompanied(scope), "sector")),
        events=Counter({each["kind"]: each["n"] for each in found}),
        supervised=(yield from _supervised(scope)),
        teams_total=teams["number"],
        hires_total=hires["number"],
    )


def _held(scope: Scope) -> Any:
    return rows.held(scope).filter(file__request__pillar=Pillar.PAT)


def _accompanied(scope: Scope) -> Any:
    work = _held(scope).filter(file__request=OuterRef("pk"), kind__in=ACCOMPANIED_BY)
    return rows.one_for_each_asker(Request.objects.filter(Exists(work), pillar=Pillar.PAT))


def _meetings(scope: Scope) -> Any:
    return rows.events_with_team(_held(scope).filter(kind=EventKind.SUPERVISION))


def _supervised(scope: Scope) -> Questions[tuple[Part, ...]]:
    """Meetings of each team, the most first; a team by its own names."""
    found = yield _meetings(scope).order_by().values("team_code").annotate(n=CountRows("pk"), asked=Max("file__request"))
    requests = yield Request.objects.select_related("organisation").filter(pk__in=[each["asked"] for each in found])
    asked = {request.pk: request for request in requests}
    ordered = sorted(found, key=lambda each: (-each["n"], each["team_code"]))
    return tuple(Part(each["team_code"] or ALONE, _names_of(asked[each["asked"]]), each["n"]) for each in ordered)


def _names_of(request: Request) -> dict[str, str]:
    names = {}
    for code in NAMES:
        with translation.override(code):
            organisation = request.organisation.name if request.organisation else request.organisation_name
            names[code] = ", ".join(filter(None, [organisation, request.service])) or str(_("somebody alone"))
    return names


def _teams_total(scope: Scope) -> Any:
    worked = FileEvent.objects.filter(file__request=OuterRef("pk"), held_on__lte=scope.period.last, kind__in=ACCOMPANIED_BY)
    return rows.one_for_each_asker(Request.objects.filter(Exists(worked), pillar=Pillar.PAT))


def _hires_total(scope: Scope) -> Any:
    return FileEvent.objects.filter(file__request__pillar=Pillar.PAT, kind=EventKind.HIRE, held_on__lte=scope.period.last)


def pat_accompanied(facts: Facts) -> Count:
    """Teams for which something was done in the period towards a peer worker: a working group, a meeting, a day, an interview, a hire.

    Contacts by phone or mail are no such thing, and supervision is counted apart.
    """
    value = int(facts.sectors.known) + facts.sectors.unknown
    return Count(value, known=value)


def pat_sector(facts: Facts) -> Breakdown:
    """The same teams by sector."""
    return facts.sectors


def pat_work(facts: Facts) -> Breakdown:
    """What was prepared and held with them in the period, by kind."""
    return Breakdown(tuple(Part(code, in_languages(kind.label), facts.events[kind]) for kind, code in WORK.items()))


def pat_supervised(facts: Facts) -> Count:
    """Teams that had at least one supervision meeting with PAT in the period."""
    value = len(facts.supervised)
    return Count(value, known=value)


def pat_superv(facts: Facts) -> Breakdown:
    """Supervision meetings of the period, by team."""
    return Breakdown(facts.supervised)


def pat_hires_year(facts: Facts) -> Count:
    """Peer workers hired in the period by teams that are accompanied."""
    value = facts.events[EventKind.HIRE]
    return Count(value, known=value)


def pat_hires(facts: Facts) -> Count:
    """The same since the beginning of the records, until the last day of the period."""
    return Count(facts.hires_total, known=facts.hires_total)


def pat_teams_total(facts: Facts) -> Count:
    """Teams supported since the beginning of the records, until the last day of the period; each once."""
    return Count(facts.teams_total, known=facts.teams_total)


def _accompanied_rows(scope: Scope, code: str) -> Rows:
    return rows.request_rows(_accompanied(scope))


def _sector_rows(scope: Scope, code: str) -> Rows:
    return rows.request_rows(parts.of_sector(_accompanied(scope), "sector", code))


def _work_rows(scope: Scope, code: str) -> Rows:
    kinds = [kind for kind, known_as in WORK.items() if known_as == code]
    return rows.event_rows(_held(scope).filter(kind__in=kinds))


def _supervised_rows(scope: Scope, code: str) -> Rows:
    supervised = Request.objects.filter(Exists(_meetings(scope).filter(file__request=OuterRef("pk"))))
    first = supervised.with_team_code().order_by().values("team_code").annotate(first=Max("pk")).values("first")
    return rows.request_rows(Request.objects.filter(pk__in=first))


def _meeting_rows(scope: Scope, code: str) -> Rows:
    wanted = "" if code == ALONE else code
    found = _meetings(scope)
    return rows.event_rows(found.none() if code == UNKNOWN else found.filter(team_code=wanted))


def _hire_rows(scope: Scope, code: str) -> Rows:
    return rows.event_rows(_held(scope).filter(kind=EventKind.HIRE))


def _define(key: str, unit: FigureUnit, label: Any, counts: Any, count: Any, opens: Any, **more: Any) -> Definition:
    facts = {"section": "pat-organisations", "label": label, "counts": counts} | more
    return Definition(key=key, programme=Programme.SUPPORT, unit=unit, count=count, rows=opens, **facts)


SUPERVISED_TEAMS: Final = "pat-supervised-teams"
DEFINITIONS = (
    _define(
        "pat_accompanied",
        FigureUnit.ORGANISATIONS,
        _("Teams supported towards peer work"),
        _("Teams with which something was prepared or held in the period, each once. Phone calls and supervision are not counted."),
        pat_accompanied,
        _accompanied_rows,
    ),
    _define(
        "pat_sector",
        FigureUnit.ORGANISATIONS,
        _("Teams supported, by sector"),
        _("The same teams, by the sector they had on the day of their request."),
        pat_sector,
        _sector_rows,
        part_of="pat_accompanied",
    ),
    _define(
        "pat_work",
        FigureUnit.COUNT,
        _("What supporting them took"),
        _("Working groups, meetings, training days and interviews noted in the period."),
        pat_work,
        _work_rows,
    ),
    _define(
        "pat_supervised",
        FigureUnit.TEAMS,
        _("Teams supervised by PAT"),
        _("Teams with at least one supervision meeting in the period."),
        pat_supervised,
        _supervised_rows,
        section=SUPERVISED_TEAMS,
    ),
    _define(
        "pat_superv",
        FigureUnit.MEETINGS,
        _("Supervision meetings of PAT, by team"),
        _("Meetings held in the period with each team."),
        pat_superv,
        _meeting_rows,
        section=SUPERVISED_TEAMS,
        computed_from=("pat_supervised",),
    ),
    _define(
        "pat_hires_year",
        FigureUnit.HIRES,
        _("Peer workers hired in the period"),
        _("Hires noted on the files of teams that are supported."),
        pat_hires_year,
        _hire_rows,
        is_public=False,
    ),
    _define(
        "pat_hires_recorded",
        FigureUnit.HIRES,
        _("Peer workers hired since the beginning"),
        _("All hires noted until the end of the period."),
        pat_hires,
        lambda scope, code: rows.event_rows(_hires_total(scope)),
        is_public=False,
    ),
    _define(
        "pat_teams_recorded",
        FigureUnit.TEAMS,
        _("Teams supported since the beginning"),
        _("All teams with which something was prepared or held until the end of the period, each once."),
        pat_teams_total,
        lambda scope, code: rows.request_rows(_teams_total(scope)),
        is_public=False,
    ),
)
SOURCES = (Source(name="peer_and_team_support", ask=ask, definitions=DEFINITIONS),)
