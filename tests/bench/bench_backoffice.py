"""`make bench`: the back-office of trainings with 5,000 enrolments: every list, and the screens people work on."""

import time
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests.bench.backoffice_rows import FULL, make_years_of_trainings
from tests.core.people import browser_of, member
from trainings.models import (
    BankFile,
    Certificate,
    Enrolment,
    Meeting,
    Module,
    Participant,
    PaymentRequest,
    Session,
    Trainer,
    TrainingRequest,
)

MOST_QUERIES, MOST_SECONDS = 45, 1.0
ROUNDS = 5


@dataclass(frozen=True)
class Screen:
    """One URL, and whether the trainer or the office looks at it."""

    path: str
    of_trainer: bool = False


@dataclass(frozen=True)
class Cost:
    path: str
    queries: int
    seconds: float

    @property
    def is_too_much(self) -> bool:
        return self.queries > MOST_QUERIES or self.seconds >= MOST_SECONDS


def lists() -> list[Screen]:
    """Every list of trainings and payments, whoever registers one; the first page, and what is below it."""
    names = [name for name in get_resolver().namespace_dict if name.startswith(("trainings_", "payments_")) or name == "core_organisations"]
    paths = [reverse(f"{name}:index") for name in names if not name.endswith("_backoffice")]
    return [Screen(path) for path in sorted(paths)]


def views_of_all() -> list[Screen]:
    """Screens that look at everything at once."""
    names = ("planned_mails", "trainers_load", "typed_names", "evaluation")
    searched = "?q=exemple", "?status=waiting", "?p=50", "?q=person2999@example.org"
    return [
        Screen(reverse("wagtailadmin_home")),
        *[Screen(reverse(f"trainings_backoffice:{name}")) for name in names],
        *[Screen(reverse(f"{name}:known_twice")) for name in ("trainings_participants", "core_organisations")],
        *[Screen(reverse("trainings_enrolments:index") + query) for query in searched],
        Screen(reverse("trainings_participants:index") + "?q=exemple"),
        Screen(reverse("payments_requests:index") + "?q=exemple"),
    ]


def screens_of_one() -> list[Screen]:
    """The row with the most behind it: the session of 300, the person with five enrolments."""
    session, meeting = Session.objects.earliest("pk"), Meeting.objects.earliest("pk")
    assert session.enrolments.count() == FULL
    enrolment, organisation = session.enrolments.confirmed().earliest("pk"), Enrolment.objects.earliest("pk").organisation
    assert organisation
    asked = PaymentRequest.objects.earliest("pk")
    inspected = {
        "trainings_sessions": session.pk,
        "trainings_enrolments": enrolment.pk,
        "trainings_participants": Participant.objects.earliest("pk").pk,
        "trainings_certificates": Certificate.objects.earliest("pk").pk,
        "trainings_modules": Module.objects.earliest("pk").pk,
        "trainings_requests": TrainingRequest.objects.earliest("pk").pk,
        "payments_requests": asked.pk,
        "payments_bank_files": BankFile.objects.earliest("pk").pk,
        "core_organisations": organisation.pk,
    }
    actions = {"issue_certificates": session.pk, "write_message": session.pk, "cancel_session": session.pk, "move_enrolment": enrolment.pk}
    return [
        *[Screen(reverse(f"{name}:inspect", args=[key])) for name, key in inspected.items()],
        *[Screen(reverse(f"trainings_backoffice:{name}", args=[key])) for name, key in actions.items()],
        Screen(reverse("trainings_sessions:edit", args=[session.pk])),
        *[Screen(reverse(f"trainings_backoffice:{name}", args=[meeting.pk]), of_trainer=True) for name in ("roll_call", "paper_roll")],
        Screen(reverse("trainings_backoffice:own_sessions"), of_trainer=True),
    ]


def cost_of(client: Client, path: str) -> Cost:
    """Queries are exact; of the time, the best of five counts: what else the machine does is not the screen's."""
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        answer = client.get(path)
        times.append(time.perf_counter() - begun)
        assert answer.status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return Cost(path, len(queries), min(times))


@pytest.mark.django_db
def bench_backoffice_with_5000_enrolments(capsys: pytest.CaptureFixture[str]) -> None:
    make_years_of_trainings()
    office, trainer = browser_of(member("Coordinator", "Accounts")), member("Trainer")
    Trainer.objects.filter(pk=Session.objects.earliest("pk").trainers.get().pk).update(user=trainer)
    hers = browser_of(trainer)
    screens = [*lists(), *views_of_all(), *screens_of_one()]
    costs = [cost_of(hers if each.of_trainer else office, each.path) for each in screens]
    lines = [f"{each.path:<64} {each.queries:>4} queries {each.seconds:>6.2f} s{'  TOO MUCH' * each.is_too_much}" for each in costs]
    with capsys.disabled():
        print(f"\n{Enrolment.objects.count():,} enrolments, {len(costs)} screens\n" + "\n".join(lines))
    assert [each for each in costs if each.is_too_much] == []
