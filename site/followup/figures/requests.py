"""Figures of the mobile team and of supervisions: requests, how they came and why, files, and what was done."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count as CountRows
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import UNKNOWN, Breakdown, Count, Definition, MissingFact, Part, Rows, Source, in_languages
from core.figures.period import Scope
from core.figures.questions import Questions, in_total
from core.models.figures import FigureUnit
from core.models.vocabulary import Programme
from followup.enums import FILE_ENDS, EventKind, Origin, Pillar, Reason, RequestStatus
from followup.figures import parts, rows
from followup.models import File

MOBILE, SUPERVISION = Pillar.MOBILE_TEAM, Pillar.SUPERVISION
# The report tells them beside the sectors.
ALONE: Final = "individual"
DROPPED: Final = (RequestStatus.DECLINED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, once a report. Keys of the counters begin with the pillar."""

    statuses: Counter[tuple[str, str]]
    origins: Counter[tuple[str, str]]
    reasons: Counter[tuple[str, str]]
    opened: Counter[str]
    carried: Counter[str]
    events: Counter[tuple[str, str]]
    askers: Mapping[str, int]
    sectors: Breakdown

    def requests(self, pillar: Pillar, *statuses: RequestStatus) -> int:
        """Requests of a pillar, in some statuses or in any."""
        return sum(n for (of, status), n in self.statuses.items() if of == pillar and (not statuses or status in statuses))

    @staticmethod
    def of(counter: Counter[tuple[str, str]], pillar: Pillar) -> dict[str, int]:
        """The second halves of the keys of one pillar."""
        return {code: n for (of, code), n in counter.items() if of == pillar}


def ask(scope: Scope) -> Questions[Facts]:
    """Six, however many requests there are."""
    asked: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in ("status_then", "origin", "reason")}
    by_all = rows.received(scope).order_by().values("pillar", "status_then", "origin", "reason").annotate(n=CountRows("pk"))
    for each in (yield by_all):
        for name, counter in asked.items():
            counter[(each["pillar"], each[name])] += each["n"]
    done = rows.held(scope).order_by().values("file__request__pillar", "kind").annotate(n=CountRows("pk"))
    events = {(each["file__request__pillar"], each["kind"]): each["n"] for each in (yield done)}
    askers = rows.one_for_each_asker(rows.asked_in(scope, MOBILE))
    [alone] = yield in_total(
        askers, teams=CountRows("pk", filter=~Q(team_code="")), unknown=CountRows("pk", filter=Q(team_code="", sector=None))
    )
    return Facts(
        statuses=asked["status_then"],
        origins=asked["origin"],
        reasons=asked["reason"],
        opened=(yield from _by_pillar(rows.opened(scope))),
        carried=(yield from _by_pillar(rows.carried(scope))),
        events=Counter(events),
        askers=alone,
        sectors=(yield from parts.sectors_of(askers, "sector")),
    )


def _by_pillar(files: Any) -> Questions[Counter[str]]:
    found = yield files.order_by().values("request__pillar").annotate(n=CountRows("pk"))
    return Counter({each["request__pillar"]: each["n"] for each in found})


def mob_requests(facts: Facts) -> Count:
    """New requests to the mobile team that came in during the period, whatever became of them."""
    value = facts.requests(MOBILE)
    return Count(value, known=value)


def mob_files(facts: Facts) -> Count:
    """Files of the mobile team opened in the period, after a first meeting; also for a request that came in before."""
    value = facts.opened[MOBILE]
    return Count(value, known=value)


def mob_phone(facts: Facts) -> Count:
    """New requests for which advice by phone was enough, as it stood at the end of the period."""
    value = facts.requests(MOBILE, RequestStatus.ADVICE_ONLY)
    return Count(value, known=value)


def mob_carried(facts: Facts) -> Count:
    """Files opened before the period and not over when it began."""
    value = facts.carried[MOBILE]
    return Count(value, known=value)


def mob_institutions(facts: Facts) -> Count:
    """Teams with a new request in the period or a file still open from before; each once. Who asks alone is no institution."""
    value = facts.askers["teams"]
    return Count(value, known=value)


def mob_status(facts: Facts) -> Breakdown:
    """New requests by the status they had at the end of the period."""
    return parts.by_choice(RequestStatus, facts.of(facts.statuses, MOBILE))


def mob_sector(facts: Facts) -> Breakdown:
    """The same teams by sector, each once, not each request. Who asked alone, and told no sector, is a part of its own."""
    alone = facts.askers["unknown"]
    told = tuple(part for part in facts.sectors.parts if part.code != ALONE)
    by_themselves = alone + sum(int(part.value) for part in facts.sectors.parts if part.code == ALONE)
    own = (Part(ALONE, in_languages(_("Individual requests")), by_themselves),) if by_themselves else ()
    return Breakdown((*told, *own), unknown=facts.sectors.unknown - alone)


def mob_channel(facts: Facts) -> Breakdown:
    """New requests by how somebody found the team."""
    return parts.by_choice(Origin, facts.of(facts.origins, MOBILE))


def mob_reason(facts: Facts) -> Breakdown:
    """New requests by their main reason: one each."""
    return parts.by_choice(Reason, facts.of(facts.reasons, MOBILE))


def mob_intervention(facts: Facts) -> Breakdown:
    """What was done in the period for files of the mobile team, by kind; files from before included."""
    return parts.by_choice(EventKind, facts.of(facts.events, MOBILE))


def superv_requests(facts: Facts) -> Count:
    """First requests of teams for a supervision that came in during the period."""
    value = facts.requests(SUPERVISION)
    return Count(value, known=value)


def superv_started(facts: Facts) -> Count:
    """Supervisions that began in the period: files opened, after an analysis of the request."""
    value = facts.opened[SUPERVISION]
    return Count(value, known=value)


def superv_stopped(facts: Facts) -> Count:
    """Requests of the period that were withdrawn or declined by its end."""
    value = facts.requests(SUPERVISION, *DROPPED)
    return Count(value, known=value)


def superv_hold(facts: Facts) -> Count:
    """Requests of the period that were on hold at its end."""
    value = facts.requests(SUPERVISION, RequestStatus.ON_HOLD)
    return Count(value, known=value)


def superv_meetings(facts: Facts) -> Count:
    """Supervision meetings held in the period."""
    value = facts.events[(SUPERVISION, EventKind.SUPERVISION)]
    return Count(value, known=value)


def _requests(pillar: Pillar, *statuses: RequestStatus) -> Callable[[Scope, str], Rows]:
    def found(scope: Scope, code: str) -> Rows:
        wanted = {"status_then__in": statuses} if statuses else {}
        return rows.request_rows(rows.received(scope).filter(pillar=pillar, **wanted))

    return found


def _requests_by(field: str) -> Callable[[Scope, str], Rows]:
    return lambda scope, code: rows.request_rows(rows.received(scope).filter(**{field: code}, pillar=MOBILE))


def _files(files: Callable[[Scope], Any], pillar: Pillar) -> Callable[[Scope, str], Rows]:
    return lambda scope, code: rows.file_rows(files(scope).filter(request__pillar=pillar))


def _teams(scope: Scope, code: str) -> Rows:
    return rows.request_rows(rows.one_for_each_asker(rows.asked_in(scope, MOBILE)).exclude(team_code=""))


def _sector(scope: Scope, code: str) -> Rows:
    askers = rows.one_for_each_asker(rows.asked_in(scope, MOBILE))
    if code == ALONE:
        return rows.request_rows(askers.filter(Q(sector__slug=ALONE) | Q(team_code="", sector=None)))
    found = parts.of_sector(askers, "sector", code)
    return rows.request_rows(found.exclude(team_code="") if code == UNKNOWN else found)


def _events(scope: Scope, code: str) -> Rows:
    return rows.event_rows(rows.held(scope).filter(file__request__pillar=MOBILE, kind=code))


def _meetings(scope: Scope, code: str) -> Rows:
    return rows.event_rows(rows.held(scope).filter(file__request__pillar=SUPERVISION, kind=EventKind.SUPERVISION))


def missing(scope: Scope) -> Iterable[MissingFact]:
    """Requests of the period without somebody in charge, a sector or a reason; next steps that are overdue. Two queries."""
    asked = rows.received(scope).filter(Q(owner=None) | Q(sector=None) | Q(reason="")).select_related("organisation")
    for row in asked.exclude(status__in=DROPPED):
        repair = reverse("followup_backoffice:complete_request", args=[row.pk])
        if row.owner_id is None:
            url = reverse("followup_backoffice:assign_request", args=[row.pk])
            yield MissingFact(label=_("request without somebody in charge"), person_id=None, row=row, url=url)
        if row.sector_id is None:
            figures = ("mob_sector",) if row.pillar == MOBILE else ("pat_sector",) if row.pillar == Pillar.PAT else ()
            yield MissingFact(label=_("request without a sector"), person_id=row.owner_id, row=row, url=repair, figures=figures)
        if not row.reason:
            figures = ("mob_reason",) if row.pillar == MOBILE else ()
            yield MissingFact(label=_("request without a reason"), person_id=row.owner_id, row=row, url=repair, figures=figures)
    overdue = File.objects.filter(next_step_on__lte=scope.period.last).exclude(status__in=FILE_ENDS)
    for file in overdue.select_related("request__organisation"):
        url = reverse("followup_backoffice:next_step", args=[file.pk])
        who = file.next_step_by_id or file.request.owner_id
        yield MissingFact(label=_("next step overdue"), person_id=who, row=file, url=url)


def _define(key: str, unit: FigureUnit, label: Any, counts: Any, count: Any, opens: Any, **relations: Any) -> Definition:
    section = "supervision" if key.startswith("superv") else "mobile-team"
    words = {"label": label, "counts": counts}
    return Definition(key=key, programme=Programme.SUPPORT, section=section, unit=unit, count=count, rows=opens, **words, **relations)


DEFINITIONS = (
    _define(
        "mob_requests",
        FigureUnit.REQUESTS,
        _("New requests to the mobile team"),
        _("Requests received in the period, whatever became of them."),
        mob_requests,
        _requests(MOBILE),
        sum_of=("mob_files", "mob_phone"),
    ),
    _define(
        "mob_files",
        FigureUnit.FILES,
        _("Files opened by the mobile team"),
        _("Files opened in the period, after a first meeting in person or by video."),
        mob_files,
        _files(rows.opened, MOBILE),
    ),
    _define(
        "mob_phone",
        FigureUnit.REQUESTS,
        _("Requests for which advice was enough"),
        _("New requests closed with advice by phone, as it stood at the end of the period."),
        mob_phone,
        _requests(MOBILE, RequestStatus.ADVICE_ONLY),
        part_of="mob_requests",
        sum_of=("mob_status_advice_only",),
    ),
    _define(
        "mob_carried",
        FigureUnit.FILES,
        _("Files carried over from earlier years"),
        _("Files opened before the period and not over when it began."),
        mob_carried,
        _files(rows.carried, MOBILE),
    ),
    _define(
        "mob_institutions",
        FigureUnit.INSTITUTIONS,
        _("Institutions that called on the mobile team"),
        _("Teams with a new request, or a file still open from before: each counted once."),
        mob_institutions,
        _teams,
    ),
    _define(
        "mob_status",
        FigureUnit.REQUESTS,
        _("New requests by status"),
        _("The status each new request had at the end of the period."),
        mob_status,
        _requests_by("status_then"),
        part_of="mob_requests",
    ),
    _define(
        "mob_sector",
        FigureUnit.INSTITUTIONS,
        _("Who called on the mobile team, by sector"),
        _("The same institutions and those who asked alone, each once, by the sector they had on that day."),
        mob_sector,
        _sector,
        sum_of=("mob_institutions", "mob_sector_individual"),
    ),
    _define(
        "mob_channel",
        FigureUnit.REQUESTS,
        _("New requests by how they came"),
        _("How somebody found the mobile team, one answer for each request."),
        mob_channel,
        _requests_by("origin"),
        part_of="mob_requests",
    ),
    _define(
        "mob_reason",
        FigureUnit.REQUESTS,
        _("New requests by main reason"),
        _("The main reason of each new request: one each."),
        mob_reason,
        _requests_by("reason"),
        part_of="mob_requests",
    ),
    _define(
        "mob_intervention",
        FigureUnit.COUNT,
        _("What the mobile team did, by kind"),
        _("Contacts, visits and meetings noted in the period, for new files and those of before."),
        mob_intervention,
        _events,
    ),
    _define(
        "superv_requests",
        FigureUnit.TEAMS,
        _("First requests for supervision"),
        _("Requests of teams received in the period."),
        superv_requests,
        _requests(SUPERVISION),
        sum_of=("superv_started", "superv_stopped", "superv_hold"),
    ),
    _define(
        "superv_started",
        FigureUnit.TEAMS,
        _("Supervisions begun"),
        _("Teams that began a supervision in the period: files opened."),
        superv_started,
        _files(rows.opened, SUPERVISION),
    ),
    _define(
        "superv_stopped",
        FigureUnit.TEAMS,
        _("Requests for supervision broken off"),
        _("Requests of the period that were withdrawn or declined by its end."),
        superv_stopped,
        _requests(SUPERVISION, *DROPPED),
        part_of="superv_requests",
    ),
    _define(
        "superv_hold",
        FigureUnit.TEAMS,
        _("Requests for supervision on hold"),
        _("Requests of the period that were on hold at its end."),
        superv_hold,
        _requests(SUPERVISION, RequestStatus.ON_HOLD),
        part_of="superv_requests",
    ),
    _define(
        "superv_meetings",
        FigureUnit.MEETINGS,
        _("Supervision meetings"),
        _("Meetings held in the period with the teams that are supervised."),
        superv_meetings,
        _meetings,
    ),
)
SOURCES = (
    Source(name="support_requests", ask=ask, definitions=DEFINITIONS, missing=missing, missing_permission="followup.change_request"),
)
