"""What would make the figures complete, who is in charge of it, and that one step repairs it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.core.factories import SectorFactory, UserFactory
from tests.trainings.factories import CycleFactory, TrainerFactory
from tests.trainings.figures.scenes import YEAR, counted_of, present, session
from tests.versions import version_of
from trainings.enums import SessionKind, SessionStatus
from trainings.figures.missing import missing_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def missing() -> list[tuple[str, Any, Any]]:
    return [(str(each.label), each.row, each.person_id) for each in missing_facts(YEAR)]


def test_a_sector_that_is_missing_is_repaired_in_one_step(client: Client) -> None:
    enrolment = present(session(status=SessionStatus.CLOSED))
    found = {str(each.label): each for each in missing_facts(YEAR)}
    assert set(found) == {"Sector unknown", "Institution not in the directory"}
    fact = found["Sector unknown"]
    assert fact.row == enrolment
    assert "tr_sector" in fact.figures
    assert counted_of("tr_sector").unknown == 1
    client.force_login(UserFactory(is_superuser=True))
    url = fact.url.partition("#")[0]
    assert client.get(url).status_code == 200
    answers = {"name": enrolment.name, "sector": SectorFactory().pk, "language": "fr"} | version_of(client, url)
    assert client.post(url, answers).status_code == 302
    assert counted_of("tr_sector").unknown == 0


def test_roll_calls_and_sessions_that_are_still_open() -> None:
    held = session(is_roll_closed=False)
    assert {(label, row) for label, row, _person in missing()} == {
        ("Roll call not done", held.meetings.get()),
        ("Session over and not closed", held),
    }


def test_a_group_without_a_cycle_is_in_no_figure_of_a_cycle() -> None:
    group = session(kind=SessionKind.INTERVISION, status=SessionStatus.CLOSED)
    assert missing() == [("Group without a cycle", group, None)]


def test_in_charge_is_who_looks_after_the_cycle_else_a_trainer_with_an_account() -> None:
    owner, trainer = UserFactory(), TrainerFactory(user=UserFactory())
    owned = session(cycle=CycleFactory(owner=owner), kind=SessionKind.INTERVISION)
    given = session()
    given.trainers.set([TrainerFactory(), trainer])
    nobodys = session()
    people = {row.pk: person for label, row, person in missing() if label == "Session over and not closed"}
    assert people == {owned.pk: owner.pk, given.pk: trainer.user_id, nobodys.pk: None}
