"""Somebody enrols while a coordinator merges: on real connections, nothing is lost."""

from functools import partial
from time import sleep
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from core.merging import merge as machine
from core.models import Merge
from tests.concurrency import run_concurrently, run_in_background
from tests.databases import committing
from tests.trainings.factories import EnrolmentFactory, ParticipantFactory, SessionFactory
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.models import Enrolment, Participant
from trainings.people.merge import merge_people

NOW = timezone.now()


@pytest.fixture
def pair(committed: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two people; their merge takes its time between moving what there is and deleting the row."""
    check = machine._refuse_to_lose

    def after_a_while(row: Any) -> None:
        check(row)
        sleep(0.6)

    monkeypatch.setattr(machine, "_refuse_to_lose", after_a_while)
    with committing(Merge):
        yield ParticipantFactory(email="anna@example.org"), EnrolmentFactory(participant__email="ana@example.org").participant


def enrolled_meanwhile(kept: Participant, removed: Participant) -> None:
    session = SessionFactory()
    merging = run_in_background(partial(merge_people, keep=kept, remove=removed, now=NOW, by=None))
    sleep(0.2)
    person = EnrolmentData(name="Ana", email=removed.email)
    try:
        enrol_participant(session_id=session.pk, person=person, now=NOW)
    finally:
        merging.result(timeout=60)


def test_who_enrols_during_a_merge_has_her_seat(pair: tuple[Participant, Participant]) -> None:
    kept, removed = pair
    enrolled_meanwhile(kept, removed)
    assert sorted(Enrolment.objects.values_list("participant__email", flat=True)) == ["ana@example.org", "anna@example.org"]
    assert not Participant.objects.filter(pk=removed.pk).exists()


@pytest.mark.control
def test_without_the_lock_the_two_collide(pair: tuple[Participant, Participant], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_locked", lambda kind, *keys: {row.pk: row for row in kind.rows.filter(pk__in=keys)})
    with pytest.raises((ProtectedError, IntegrityError, machine.CannotMerge)):
        enrolled_meanwhile(*pair)


def test_two_coordinators_merge_the_same_two_once(pair: tuple[Participant, Participant]) -> None:
    kept, removed = pair

    def merge(keep: Participant, remove: Participant) -> str:
        try:
            merge_people(keep=keep, remove=remove, now=NOW, by=None)
        except machine.CannotMerge as refusal:
            return refusal.reason.value
        return "merged"

    assert sorted(run_concurrently(partial(merge, kept, removed), partial(merge, removed, kept))) == ["gone", "merged"]
    assert Participant.objects.count() == Merge.objects.count() == 1
