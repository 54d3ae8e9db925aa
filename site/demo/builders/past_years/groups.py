"""Intervisions, exchange table and PAT groups: the cycles 2023-2024 and 2024-2025 as the report prints them, and the one before."""

import datetime
from collections.abc import Iterator, Sequence

from core.models import Organisation, Programme
from demo.builders.past_years.people import Organisations, People, taken_in_turn
from demo.builders.past_years.rows import Held, Seat, mornings, write
from trainings.enums import SessionKind
from trainings.models import Audience, Cycle

# By sector: people, and the institutions they come from.
ENDED = {
    "homeless": (8, 7),
    "mental": (7, 6),
    "drugs": (5, 4),
    "social": (5, 4),
    "health": (4, 3),
    "elderly": (3, 3),
    "housing": (1, 1),
    "sexwork": (1, 1),
    "socpro": (1, 1),
}
BEGUN = {"homeless": (20, 14), "mental": (5, 5), "drugs": (4, 3), "social": (3, 3), "elderly": (1, 1), "disability": (1, 1)}
# Of 2022-2023 the report prints that 35 people took part, and nothing else: groups, sectors and institutions are invented.
BEFORE = {"homeless": (14, 10), "mental": (9, 8), "social": (7, 6), "drugs": (5, 4)}
# Peer workers by sector, of those whose sector is known. No whole number gives all the printed shares; 31 gives three of them.
PEERS = {"mental": 14, "poverty": 5, "drugs": 3, "health": 3, "youth": 2, "homeless": 1, "sexwork": 2, "vaw": 1}
# Reference, cycle, first meeting, meetings, people with a seat, people present each time.
PEER_GROUPS = (
    ("PATG1C24", 2023, datetime.date(2024, 1, 18), 5, 20, (10, 10, 10, 10, 10)),
    ("PATG2C24", 2023, datetime.date(2024, 1, 25), 8, 11, (9, 9, 8, 8, 8, 8, 7, 7)),
    ("PATG1C25", 2024, datetime.date(2024, 9, 26), 3, 17, (11, 12, 10)),
    ("PATG2C25", 2024, datetime.date(2024, 10, 3), 3, 7, (3, 3, 3)),
)
# Where the eight coordinators of 2024 work.
TEAM_LEADS = (
    "L’Îlot – centre de jour Circé",
    "Infirmiers de rue – Housing First",
    "Infirmiers de rue – Housing First",
    "Service d’Accompagnement Mobile Pour l’Accès Aux Soins",
    "Le Forum – Bruxelles contre les inégalités",
    "DUNE",
    "Maison d’Accueil Socio-Sanitaire de Bruxelles (MASS)",
    "Alias",
)
TABLE = 60
FIRST_PEER, FIRST_LEAD = 560, 620


def build_groups(people: People, organisations: Organisations) -> None:
    """Those who are in two cycles running are the same people."""
    held = [
        *_intervision(2022, BEFORE, (6, 6, 6, 6), people, organisations),
        *_intervision(2023, ENDED, (6, 6, 5, 5), people, organisations),
        *_intervision(2024, BEGUN, (3, 3, 3, 3), people, organisations),
        *_peers(people, organisations),
        _team_leads(people),
        _table(people, organisations),
    ]
    write(held)


def _cycle(year: int, audience: Audience, names: Sequence[str], programme: Programme) -> Cycle:
    names_in = dict(zip(("name_fr", "name_nl", "name_en"), (f"{name} {year}-{year + 1}" for name in names), strict=True))
    days = {"first_day": datetime.date(year, 9, 1), "last_day": datetime.date(year + 1, 6, 30)}
    return Cycle.objects.create(kind=SessionKind.INTERVISION, audience=audience, programme=programme, **names_in, **days)


def _intervision(
    year: int, sectors: dict[str, tuple[int, int]], meetings: Sequence[int], people: People, organisations: Organisations
) -> Iterator[Held]:
    names = ("Intervisions intersectorielles", "Intersectorale intervisies", "Intersectoral intervisions")
    cycle = _cycle(year, Audience.PROFESSIONALS, names, Programme.CONNECT)
    pairs = organisations.spread(sectors)
    for group, numbers in enumerate(taken_in_turn(range(len(pairs)), len(meetings))):
        language = "nl" if group == len(meetings) - 1 else "fr"
        title = f"Intervisiegroep {group + 1}" if language == "nl" else f"Groupe d’intervision {group + 1}"
        begins = mornings(
            datetime.date(year, 10, 3) + datetime.timedelta(days=group), meetings[group], weeks=6 if meetings[group] > 3 else 4
        )
        # One in five is away each time.
        seats = [
            Seat(people[640 + number], *pairs[number], present={each for each in range(len(begins)) if (each + number) % 5})
            for number in numbers
        ]
        facts = {"kind": SessionKind.INTERVISION, "cycle": cycle, "title": title, "language": language, "capacity": 10}
        yield Held(facts, begins, seats)


def _peers(people: People, organisations: Organisations) -> Iterator[Held]:
    names = ("Intervisions de pair·es-aidant·es", "Intervisies voor peerhelpers", "Intervisions of peer workers")
    cycles = {year: _cycle(year, Audience.PEER_WORKERS, names, Programme.SUPPORT) for year in (2023, 2024)}
    told = [organisations.sectors[slug] for slug, times in PEERS.items() for _time in range(times)]
    number = 0
    for reference, year, first, meetings, seated, present in PEER_GROUPS:
        seats = []
        for place in range(seated):
            # Whoever comes first comes always: only the number present is printed.
            there = {each for each, many in enumerate(present) if place < many}
            seats.append(Seat(people[FIRST_PEER + number], told[number] if number < len(told) else None, present=there))
            number += 1
        title = f"Groupe {reference[4]}"
        facts = {"kind": SessionKind.INTERVISION, "cycle": cycles[year], "title": title, "reference": reference}
        yield Held(facts, mornings(first, meetings, weeks=6 if meetings > 5 else 4), seats)


def _team_leads(people: People) -> Held:
    names = ("Intervisions de responsables d’équipe", "Intervisies voor teamverantwoordelijken", "Intervisions of team leads")
    cycle = _cycle(2023, Audience.TEAM_LEADS, names, Programme.SUPPORT)
    employers = {row.name_fr: row for row in Organisation.objects.filter(name_fr__in=TEAM_LEADS).select_related("sector")}
    seats = [Seat(people[FIRST_LEAD + place], employers[name].sector, employers[name]) for place, name in enumerate(TEAM_LEADS)]
    facts = {"kind": SessionKind.INTERVISION, "cycle": cycle, "title": "Responsables d’équipe"}
    return Held(facts, mornings(datetime.date(2024, 2, 1), 5), seats)


def _table(people: People, organisations: Organisations) -> Held:
    """The table of the day on lived experience: more than 60 people, of whom we know no more."""
    facts = {"kind": SessionKind.EXCHANGE_TABLE, "title": "Table d’échanges : le savoir issu du vécu"}
    return Held(facts, mornings(datetime.date(2024, 11, 14), 1), [Seat(people[number]) for number in range(TABLE)])
