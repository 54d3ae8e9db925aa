"""Requests of 2024 and their files: mobile team, supervision, PAT. No contact person is known any more: they are long over."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle, islice, repeat

from core.models import Organisation, Sector, User
from demo.builders.past_years.people import Organisations
from demo.builders.past_years.rows import at, workday
from followup.enums import EventKind, FileStatus, Pillar, RequestStatus, Source
from followup.models import File, FileEvent, FileTransition, Request, RequestTransition
from followup.requests.names import key_of

# Teams of the mobile team by sector; with the two who asked alone they are the 38 of whom the printed shares are shares.
SECTORS = {
    "homeless": 10,
    "social": 7,
    "drugs": 4,
    "mental": 4,
    "elderly": 3,
    "migration": 2,
    "health": 2,
    "housing": 2,
    "socpro": 1,
    "youth": 1,
}
ALONE = 2
FILES, ADVICE, CARRIED = 43, 12, 3
# Of 54 requests it is known how they came, of 50 why: the only whole numbers below 55 that give the printed shares.
ORIGINS = {"earlier": 26, "colleague": 13, "training": 6, "other": 5, "web": 4}
REASONS = {"concern": 23, "newways": 12, "loss": 8, "future": 5, "psy": 2}
STARTED, STOPPED, ON_HOLD = 8, 2, 1
# Whom PAT accompanied, as far as the sectors that we read into their names agree with the printed shares; the others are examples.
ACCOMPANIED = (
    ("CEMO", "youth"),
    ("Centre Hospitalier Jean Titeca – unité HIC", "mental"),
    ("Habitations Protégées Bruxelloises (HPB)", "mental"),
    ("I.Care", "prison"),
    ("Résad", "drugs"),
    ("", "drugs"),
    ("", "homeless"),
)
WORK = {
    EventKind.WORKING_GROUP: 6,
    EventKind.TEAM_MEETING: 4,
    EventKind.TRAINING_DAY: 9,
    EventKind.JOB_INTERVIEW: 2,
    EventKind.MEETING: 5,
    EventKind.INTRODUCTION: 19,
}
# Teams that PAT supervised, by the beginning of their name, with their meetings.
SUPERVISED = (
    ("CPAS de la Ville de Bruxelles – cellule ACAL", 1),
    ("Télé-Service", 5),
    ("La Fontaine", 5),
    ("Mission locale pour l’emploi", 1),
    ("LaboPro", 4),
    ("Maison BILOBA", 3),
    ("CPAS de la Ville de Bruxelles – service Logement", 6),
    ("CPAS de la Ville de Bruxelles – service social Saint-Roch", 2),
)
YEAR = datetime.date(2024, 1, 8)
DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Asked:
    """A request, what became of it, and what was done for it."""

    pillar: Pillar
    day: datetime.date
    end: RequestStatus
    organisation: Organisation | None = None
    sector: Sector | None = None
    origin: str = ""
    reason: str = ""
    events: Sequence[tuple[EventKind, datetime.date]] = ()
    row: Request = field(init=False)


def build_followup(organisations: Organisations) -> None:
    """All files are closed: nothing waits for anybody."""
    asked = [*_mobile_team(organisations), *_supervision(organisations), *_accompanied(organisations), *_supervised()]
    write(asked, owner=User.objects.get(email="coordination@example.org"))


def _mobile_team(organisations: Organisations) -> Iterator[Asked]:
    teams = [organisations.of(slug, number) for slug, many in SECTORS.items() for number in range(many)]
    askers: Iterator[Organisation | None] = chain(repeat(None, ALONE), cycle(teams))
    origins, reasons = chain(_each(ORIGINS), repeat("")), chain(_each(REASONS), repeat(""))
    for place, team in enumerate(islice(askers, FILES + ADVICE)):
        # Every fifth is answered by phone, until there are twelve.
        is_advice = place % 4 == 3 and place // 4 < ADVICE
        day = workday(YEAR + 6 * place * DAY)
        events = () if is_advice else ((EventKind.CONTACT, day + 2 * DAY), (EventKind.VISIT, day + 16 * DAY))
        end = RequestStatus.ADVICE_ONLY if is_advice else RequestStatus.FILE_OPENED
        sector = team.sector if team else None
        yield Asked(Pillar.MOBILE_TEAM, day, end, team, sector, next(origins), next(reasons), events)
    for place in range(CARRIED):
        day = datetime.date(2023, 10, 3) + 20 * place * DAY
        yield Asked(Pillar.MOBILE_TEAM, day, RequestStatus.FILE_OPENED, teams[place], teams[place].sector, "colleague", "concern")


def _each(numbers: dict[str, int]) -> Iterator[str]:
    for code, times in numbers.items():
        yield from repeat(code, times)


def _supervision(organisations: Organisations) -> Iterator[Asked]:
    ends = [
        *repeat(RequestStatus.FILE_OPENED, STARTED),
        *repeat(RequestStatus.WITHDRAWN, STOPPED),
        *repeat(RequestStatus.ON_HOLD, ON_HOLD),
    ]
    for place, end in enumerate(ends):
        team = organisations.of("homeless", place + 8)
        yield Asked(Pillar.SUPERVISION, workday(YEAR + 25 * place * DAY), end, team, team.sector, "earlier", "team")


def _accompanied(organisations: Organisations) -> Iterator[Asked]:
    done = list(islice(_spread(WORK), sum(WORK.values())))
    for place, (name, slug) in enumerate(ACCOMPANIED):
        sector = organisations.sectors[slug]
        team = _named(name) if name else organisations.of(slug, 15)
        events = [(kind, workday(YEAR + (14 + 7 * number) * DAY)) for number, kind in enumerate(done[place :: len(ACCOMPANIED)])]
        yield Asked(Pillar.PAT, YEAR, RequestStatus.FILE_OPENED, team, sector, "colleague", "peer", events)


def _spread(numbers: dict[EventKind, int]) -> Iterator[EventKind]:
    for kind, times in numbers.items():
        yield from repeat(kind, times)


def _supervised() -> Iterator[Asked]:
    for name, meetings in SUPERVISED:
        team = _named(name)
        events = [(EventKind.SUPERVISION, workday(YEAR + (30 + 40 * number) * DAY)) for number in range(meetings)]
        yield Asked(Pillar.PAT, YEAR, RequestStatus.FILE_OPENED, team, team.sector, "earlier", "peer", events)


def _named(beginning: str) -> Organisation:
    return Organisation.objects.select_related("sector").get(name_fr__startswith=beginning)


def write(asked: Sequence[Asked], *, owner: User) -> None:
    """Rows with their history, in a few statements."""
    for each in asked:
        each.row = _request(each, owner)
    Request.objects.bulk_create([each.row for each in asked])
    RequestTransition.objects.bulk_create([row for each in asked for row in _steps(each)])
    opened = [each for each in asked if each.end == RequestStatus.FILE_OPENED]
    files = [_file(each) for each in opened]
    File.objects.bulk_create(files)
    FileTransition.objects.bulk_create([row for file in files for row in _steps_of_file(file)])
    FileEvent.objects.bulk_create(
        FileEvent(file=file, kind=kind, held_on=day, noted_at=at(day))
        for file, each in zip(files, opened, strict=True)
        for kind, day in each.events
    )


def _request(each: Asked, owner: User) -> Request:
    name = each.organisation.name_fr if each.organisation else ""
    return Request(
        pillar=each.pillar,
        # What was on hold at the end of the year was withdrawn since.
        status=RequestStatus.WITHDRAWN if each.end == RequestStatus.ON_HOLD else each.end,
        owner=owner,
        received_on=each.day,
        source=Source.STAFF,
        organisation=each.organisation,
        organisation_name=name,
        organisation_key=key_of(name, 40),
        sector=each.sector,
        origin=each.origin,
        reason=each.reason,
        created_at=at(each.day),
        erased_at=at(each.day + 365 * DAY),
    )


def _steps(each: Asked) -> Iterable[RequestTransition]:
    end = each.day + 7 * DAY
    yield RequestTransition(request=each.row, to_status=RequestStatus.RECEIVED, at=at(each.day))
    yield RequestTransition(request=each.row, from_status=RequestStatus.RECEIVED, to_status=RequestStatus.ANALYSIS, at=at(each.day + DAY))
    yield RequestTransition(request=each.row, from_status=RequestStatus.ANALYSIS, to_status=each.end, at=at(end))
    if each.end == RequestStatus.ON_HOLD:
        later = at(datetime.date(2025, 3, 3))
        yield RequestTransition(request=each.row, from_status=each.end, to_status=RequestStatus.WITHDRAWN, at=later)


def _file(each: Asked) -> File:
    """Open for three months at least, those of 2023 into the year after."""
    opened = each.day + 7 * DAY
    latest = max((day for _kind, day in each.events), default=opened)
    return File(request=each.row, opened_on=opened, status=FileStatus.CLOSED, closed_on=max(opened + 150 * DAY, latest + DAY))


def _steps_of_file(file: File) -> Iterable[FileTransition]:
    yield FileTransition(file=file, to_status=FileStatus.OPEN, at=at(file.opened_on))
    if file.closed_on:
        yield FileTransition(file=file, from_status=FileStatus.OPEN, to_status=FileStatus.CLOSED, at=at(file.closed_on))
