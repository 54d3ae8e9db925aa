"""Invented staff and participants; every address is below example.org, every family name says that it is invented."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.models import User
from trainings.models import Trainer

PASSWORD = "smes-demo-smes-demo"  # noqa: S105 (printed by `make demo`, refused outside the demo)

STAFF = [
    # email, first name, group, role shown
    ("admin@example.org", "Ada", None, "administrator"),
    ("redaction@example.org", "Rokia", "Moderators", "editor"),
    ("communication@example.org", "Noa", "Communication officer", "newsletter"),
    ("coordination@example.org", "Camille", "Coordinator", "coordinator"),
    ("comptabilite@example.org", "Nour", "Accounts", "accounts"),
    ("publications@example.org", "Paula", "Publications", "publications"),
    ("carte@example.org", "Mia", "Map", "map editor"),
    ("formation@example.org", "Farid", "Trainer", "trainer"),
    ("opleiding@example.org", "Lotte", "Trainer", "trainer"),
]
FIRST_NAMES = [
    "Alix",
    "Amina",
    "Anouk",
    "Baptiste",
    "Bilal",
    "Céline",
    "Dries",
    "Elif",
    "Emma",
    "Fatou",
    "Gilles",
    "Hanne",
    "Ibrahim",
    "Ilse",
    "Jeroen",
    "Joëlle",
    "Karim",
    "Katrien",
    "Lina",
    "Loïc",
    "Maïté",
    "Marieke",
    "Mehdi",
    "Nele",
    "Noor",
    "Olivier",
    "Pauline",
    "Pieter",
    "Rachida",
    "Sander",
    "Sofie",
    "Soraya",
    "Thibault",
    "Tine",
    "Valérie",
    "Wout",
    "Yasmine",
    "Zoë",
]
FUNCTIONS = {
    "fr": ["assistante sociale", "éducateur de rue", "infirmière", "coordinatrice d’équipe", "accompagnateur en logement", "psychologue"],
    "nl": ["maatschappelijk werker", "straathoekwerker", "verpleegkundige", "teamcoördinator", "woonbegeleider", "psycholoog"],
    "en": ["social worker", "outreach worker", "nurse", "team leader", "housing support worker", "psychologist"],
}


@dataclass(frozen=True)
class Person:
    """An invented participant."""

    name: str
    email: str
    language: str
    function: str


def build_staff() -> None:
    """One account a role, with the demo's password, and the trainers of the pool."""
    password = make_password(PASSWORD)  # once: it is meant to be slow
    for email, first_name, group, _role in STAFF:
        name = {"first_name": first_name, "last_name": "Exemple"}
        rights = {"is_superuser": group is None, "is_staff": True}
        user, _created = User.objects.get_or_create(email=email, defaults={"username": email, "password": password} | name | rights)
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        if group == "Trainer":
            Trainer.objects.get_or_create(email=email, defaults={"name": f"{first_name} Exemple", "user": user})
    Trainer.objects.get_or_create(email="paire@example.org", defaults={"name": "Noor Exemple"})


def invented_people() -> list[Person]:
    """The same people each time, two thirds of them French-speaking."""
    people = []
    for index, first_name in enumerate(FIRST_NAMES):
        language = "en" if index % 13 == 12 else "nl" if index % 3 == 2 else "fr"
        plain = first_name.encode("ascii", "ignore").decode().lower()
        function = FUNCTIONS[language][index % len(FUNCTIONS[language])]
        people.append(Person(f"{first_name} Exemple", f"{plain}.{index}@example.org", language, function))
    return people
