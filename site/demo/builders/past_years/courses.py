"""Trainings of 2024: 28 days and 431 participations, those of Housing First and of PAT; two of 2023, to have a year before."""

import datetime
from collections.abc import Iterator

from demo.builders.past_years.people import Organisations, People, taken_in_turn
from demo.builders.past_years.rows import AFTERNOON, Held, Seat, at, training, whole_days, workday, write
from trainings.enums import SessionKind
from trainings.models import Module, Project, Trainer

# Participations by sector: the only whole numbers that give the printed shares, and they make 229 of the 431.
SECTORS = {
    "homeless": 102,
    "social": 43,
    "mental": 25,
    "socpro": 21,
    "housing": 15,
    "justice": 13,
    "health": 5,
    "drugs": 2,
    "migration": 2,
    "sexwork": 1,
}
PARTICIPATIONS = 431
# Modules of the sessions of 2024; a session takes as many days as its module, 28 in all. The in-house ones go to teams.
OPEN = (1, 1, 11, 2, 3, 18, 18, 30, 30, 37, 41, 6, 7, 44, 42, 20)
IN_HOUSE = (4, 32, 5, 14, 31)
# Module, sessions of so many days each. Who took part is not printed: invented.
HOUSING_FIRST = ((24, 3), (24, 3), (25, 3))
HOUSING_FIRST_PEOPLE = 12
# What PAT gave: reference, title, days (none: half of one), people each time.
PAT = (
    ("PAT24HF2", "Pair-aidance : équipe d’un projet Housing First", 1, 15),
    ("PAT24ACT", "Pair-aidance : service inclusion d’Actiris", 1, 20),
    ("PAT24MIS", "Pair-aidance : journée des dix ans de Housing First", 1, 15),
    ("PAT24REV", "Pair-aidance : futur·es pair·es-aidant·es de l’AREV", 0, 12),
    ("PAT24CRT", "Pair-aidance : CRIT", 0, 8),
    ("PAT24MIR", "Pair-aidance : accompagnement du programme MIRIAM", 5, 15),
    ("PAT24MUC", "Pair-aidance : futur·es formateur·rices", 0, 2),
    ("PAT24PEN", "Pair-aidance : ouvert à tou·tes", 4, 20),
)
# Who told no sector wrote where she works, and nobody has looked it up yet.
TYPED = ("Le Relais d’exemple", "asbl Passerelle d’exemple", "Foyer d’exemple", "CPAS d’exemple", "Clinique d’exemple", "Atelier d’exemple")


def build_courses(modules: dict[int, Module], people: People, organisations: Organisations) -> None:
    """Two example trainers give them, as usual two at a time."""
    pair = Trainer.objects.bulk_create(
        [Trainer(name=f"{first} Exemple", email=f"{first.lower()}.formation@example.org") for first in ("Hugo", "Ines")]
    )
    held = [*_training_project(modules, people, organisations), *_of_2023(modules, people, organisations)]
    held += [*_housing_first(modules, people), *_pat(people)]
    for each in held:
        each.trainers = pair
    write(held)


def _training_project(modules: dict[int, Module], people: People, organisations: Organisations) -> Iterator[Held]:
    numbers = (*OPEN, *IN_HOUSE)
    dealt = taken_in_turn(range(PARTICIPATIONS), len(numbers))
    told = [slug for slug, times in SECTORS.items() for _time in range(times)]
    for place, (number, participations) in enumerate(zip(numbers, dealt, strict=True)):
        kind = SessionKind.OPEN_TRAINING if place < len(OPEN) else SessionKind.IN_HOUSE_TRAINING
        days = int(modules[number].days)
        first = datetime.date(2024, 1, 15) + datetime.timedelta(days=16 * place)
        seats = [_participation(each, told, people, organisations) for each in participations]
        yield Held(training(modules[number], kind=kind, programme="support"), whole_days(first, days), seats)


def _participation(number: int, told: list[str], people: People, organisations: Organisations) -> Seat:
    """The first 229 told their sector. Of the others some came once before: it is the same person."""
    if number < len(told):
        slug = told[number]
        return Seat(people[number], organisations.sectors[slug], organisations.of(slug, number % 7))
    return Seat(people[number - 29], typed=TYPED[number % len(TYPED)])


def _housing_first(modules: dict[int, Module], people: People) -> Iterator[Held]:
    for place, (number, days) in enumerate(HOUSING_FIRST):
        first = datetime.date(2024, 3, 4) + datetime.timedelta(days=70 * place)
        seats = [Seat(people[420 + HOUSING_FIRST_PEOPLE * place + each]) for each in range(HOUSING_FIRST_PEOPLE)]
        yield Held(training(modules[number], programme="housing_first"), whole_days(first, days), seats)


def _pat(people: People) -> Iterator[Held]:
    for place, (reference, title, days, many) in enumerate(PAT):
        first = workday(datetime.date(2024, 2, 6) + datetime.timedelta(days=35 * place))
        begins = whole_days(first, days) if days else [at(first, AFTERNOON)]
        facts = {"title": title, "reference": reference, "kind": SessionKind.IN_HOUSE_TRAINING}
        seats = [Seat(people[460 + 20 * (place % 5) + each]) for each in range(many)]
        yield Held(facts | {"programme": "support", "project": Project.PAT}, begins, seats)


def _of_2023(modules: dict[int, Module], people: People, organisations: Organisations) -> Iterator[Held]:
    """Invented: the report of 2024 prints no training of the year before."""
    for place, number in enumerate((1, 18)):
        first = datetime.date(2023, 4, 17) + datetime.timedelta(days=150 * place)
        seats = [_participation(each, ["homeless"] * 10, people, organisations) for each in range(place * 10, place * 10 + 12)]
        yield Held(training(modules[number], programme="support"), whole_days(first, int(modules[number].days)), seats)
