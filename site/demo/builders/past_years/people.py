"""Invented people and organisations of the past years. Names are far from one another, so that nobody is taken for known twice."""

from collections.abc import Iterable

from core.models import Organisation, Sector
from core.text.comparison import folded
from demo.builders.people import FIRST_NAMES
from trainings.models import Participant

# The second half of a family name; the first says that it is invented.
WORDS = (
    *("Aubépine", "Bergamote", "Coquelicot", "Dahlia", "Églantine", "Fougère", "Genévrier", "Hortensia", "Jonquille", "Lavande"),
    *("Marjolaine", "Noisetier", "Orchidée", "Pivoine", "Romarin", "Sauge", "Tournesol", "Verveine", "Indigotier", "Kalanchoé"),
)
# Homes of organisations that do not exist, by sector: as many as the groups of a cycle came from.
KINDS = {
    "homeless": "Maison d’accueil",
    "mental": "Service de santé mentale",
    "drugs": "Centre d’accueil drogues",
    "social": "Centre d’action sociale",
    "health": "Maison médicale",
    "elderly": "Résidence-services",
    "housing": "Agence immobilière sociale",
    "sexwork": "Lieu d’écoute",
    "socpro": "Atelier d’insertion",
    "disability": "Service d’accompagnement",
    "migration": "Centre d’accueil des exilés",
    "youth": "Service d’aide en milieu ouvert",
    "prison": "Service en milieu pénitentiaire",
    "justice": "Service d’aide aux justiciables",
    "poverty": "Association de lutte contre la pauvreté",
    "vaw": "Maison d’hébergement pour femmes",
}


def name_of(number: int) -> str:
    """`Alix Exemple-Aubépine`, another for each number below 760."""
    first, word = number % len(FIRST_NAMES), (number // len(FIRST_NAMES) + number) % len(WORDS)
    return f"{FIRST_NAMES[first]} Exemple-{WORDS[word]}"


def email_of(number: int) -> str:
    first, last = folded(name_of(number)).split(" ")
    return f"{first}.{last}@example.org"


class People:
    """Participants by number, written once for all that is built."""

    def __init__(self, many: int) -> None:
        rows = [Participant(email=email_of(number), name=name_of(number)) for number in range(many)]
        self.rows = Participant.objects.bulk_create(rows)

    def __getitem__(self, number: int) -> Participant:
        return self.rows[number]


class Organisations:
    """Examples by sector, not shown to the public: `Exemple – Maison d’accueil Aubépine`."""

    def __init__(self) -> None:
        self.sectors = {sector.slug: sector for sector in Sector.objects.all()}
        self.known: dict[tuple[str, int], Organisation] = {}

    def of(self, sector: str, number: int) -> Organisation:
        """The organisation of that number in its sector; made when it is asked for first."""
        key = sector, number
        if key not in self.known:
            word = WORDS[number] if number < len(WORDS) else f"{WORDS[number % len(WORDS)]} {number // len(WORDS) + 1}"
            name = f"Exemple – {KINDS[sector]} {word}"
            self.known[key] = Organisation.objects.create(name_fr=name, sector=self.sectors[sector], is_listed=False)
        return self.known[key]

    def spread(self, sectors: dict[str, tuple[int, int]]) -> list[tuple[Sector, Organisation]]:
        """So many people of each sector, from so many organisations: `{"homeless": (8, 7)}`. One pair for each person."""
        return [
            (self.sectors[slug], self.of(slug, number % bodies)) for slug, (people, bodies) in sectors.items() for number in range(people)
        ]


def taken_in_turn(numbers: Iterable[int], groups: int) -> list[list[int]]:
    """Deals numbers to groups, as cards are dealt."""
    dealt: list[list[int]] = [[] for _group in range(groups)]
    for place, number in enumerate(numbers):
        dealt[place % groups].append(number)
    return dealt
