"""Random lives of two sessions, and short ones that show what each guard prevents. `SEAT_LIVES=500` runs more, other ones each time."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.trainings.enrolment.seat_machine import SeatMachine
from trainings.enrolment import cancel, confirm
from trainings.enrolment.groups import places
from trainings.enrolment.offers import answer, overdue, settle
from trainings.enums import FreedSeats
from trainings.models import EnrolmentGroup
from trainings.people import enrolments as merged
from trainings.seats import rules
from trainings.seats.rules import Allotment, Obstacle
from trainings.sessions.seat_counts import Seats

pytestmark = pytest.mark.django_db

CALM = settings(
    max_examples=int(os.environ.get("SEAT_LIVES", "10")),
    stateful_step_count=int(os.environ.get("SEAT_STEPS", "20")),
    deadline=None,
    derandomize="SEAT_LIVES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = 100  # hours: more than an offer lasts


def test_random_lives_never_lose_a_person_or_a_seat() -> None:
    run_state_machine_as_test(SeatMachine, settings=CALM)


def live(*steps: Callable[[SeatMachine], Any]) -> None:
    """A life that is known beforehand: after each step the same is looked at as after a random one."""
    machine = SeatMachine()
    try:
        machine.two_sessions()
        for step in steps:
            step(machine)
            machine.look()
    finally:
        machine.teardown()


def a_seat_by_hand_and_a_newcomer(machine: SeatMachine) -> None:
    machine.choose_the_way(where=1, way=FreedSeats.BY_HAND)
    machine.resize(where=1, capacity=2)
    machine.enrol(where=1, sector=0, organisation=None)


def one_cancels(machine: SeatMachine) -> None:
    machine.cancel_twice(who=0)


def two_days_too_late(machine: SeatMachine) -> None:
    machine.cancel_twice(who=0)
    machine.time_passes(hours=LONG)
    machine.accept(who=0)


def nobody_answers(machine: SeatMachine) -> None:
    machine.cancel_twice(who=0)
    machine.time_passes(hours=LONG)
    machine.the_worker_looks()


def a_group_of_two_and_one_seat(machine: SeatMachine) -> None:
    machine.cancel_twice(who=4)  # whoever waits for the second session
    machine.enrol_colleagues(where=0, size=2, unnamed=0, together=True, organisation=None)
    machine.cancel_twice(who=2)
    machine.cancel_twice(who=2)
    machine.cancel_twice(who=0)


def a_group_too_late(machine: SeatMachine) -> None:
    machine.enrol_colleagues(where=0, size=2, unnamed=1, together=True, organisation=None)
    machine.time_passes(hours=24 * 15)
    machine.the_worker_looks()
    machine.time_passes(hours=1)
    machine.the_worker_looks()


def a_seat_is_given_to_a_colleague(machine: SeatMachine) -> None:
    machine.replace(who=0)
    machine.replace(who=2)


def a_group_is_offered_its_seats_and_does_not_answer(machine: SeatMachine) -> None:
    machine.cancel_twice(who=2)
    machine.cancel_twice(who=2)
    machine.enrol_colleagues(where=0, size=2, unnamed=0, together=True, organisation=None)
    machine.resize(where=0, capacity=4)
    machine.time_passes(hours=LONG)
    machine.the_worker_looks()


def the_contact_of_two_answers_too_late(machine: SeatMachine) -> None:
    machine.cancel_twice(who=2)
    machine.cancel_twice(who=2)
    machine.enrol_colleagues(where=0, size=2, unnamed=0, together=False, organisation=None)
    machine.resize(where=0, capacity=4)
    machine.time_passes(hours=LONG)
    machine.the_contact_answers(which=0)


def one_person_has_two_seats(machine: SeatMachine) -> None:
    machine.merge(who=0, other=1)


def one_person_waits_beside_her_seat(machine: SeatMachine) -> None:
    machine.merge(who=0, other=2)


def two_people_after_all_and_the_seat_is_gone(machine: SeatMachine) -> None:
    machine.choose_the_way(where=0, way=FreedSeats.CONFIRM)
    machine.merge(who=0, other=1)
    machine.undo_a_merge(which=0)


def a_place_of_a_group_is_decided_by_hand(machine: SeatMachine) -> None:
    """Two seats are kept for three colleagues; a coordinator gives one of them her seat, the other is for the next of them."""
    machine.resize(where=0, capacity=6)
    for _seated in range(4):
        machine.accept(who=0)
    machine.enrol_colleagues(where=0, size=3, unnamed=0, together=True, organisation=None)
    machine.confirm(who=6)


SHORT = [
    a_seat_by_hand_and_a_newcomer,
    one_cancels,
    two_days_too_late,
    nobody_answers,
    a_group_of_two_and_one_seat,
    a_group_too_late,
    a_seat_is_given_to_a_colleague,
    a_group_is_offered_its_seats_and_does_not_answer,
    the_contact_of_two_answers_too_late,
    one_person_has_two_seats,
    one_person_waits_beside_her_seat,
    two_people_after_all_and_the_seat_is_gone,
    a_place_of_a_group_is_decided_by_hand,
]


@pytest.mark.parametrize("life", SHORT, ids=lambda life: life.__name__)
def test_with_every_guard_on_the_short_lives_go_well(life: Callable[[SeatMachine], None]) -> None:
    live(life)


@pytest.mark.control
def test_without_the_order_of_the_list_a_passer_by_takes_the_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seats, "has_room_for_newcomer", property(lambda seats: seats.free > 0))
    with pytest.raises(AssertionError, match="a passer-by took a seat"):
        live(a_seat_by_hand_and_a_newcomer)


@pytest.mark.control
def test_without_the_count_an_offer_gives_a_seat_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Allotment.obstacle_for
    monkeypatch.setattr(
        Allotment, "obstacle_for", lambda seats, claim: None if counted(seats, claim) == Obstacle.FULL else counted(seats, claim)
    )
    with pytest.raises(AssertionError, match="a seat was given twice"):
        live(one_cancels)


@pytest.mark.control
def test_without_the_deadline_a_late_answer_is_a_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "is_open", lambda enrolment, now: enrolment.status == "offered")
    with pytest.raises(AssertionError, match="too late is none"):
        live(two_days_too_late)


@pytest.mark.control
def test_without_settling_a_cancelled_seat_lies_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancel, "settle_seats", lambda *args, **kwargs: [])
    with pytest.raises(AssertionError, match="a seat is idle"):
        live(one_cancels)


@pytest.mark.control
def test_without_the_end_of_an_offer_the_seat_never_passes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "_end_overdue", lambda session, now: [])
    with pytest.raises(AssertionError):
        live(nobody_answers)


@pytest.mark.control
def test_without_a_change_of_status_the_mail_leaves_at_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer that is over and stays as it was would be told again and again."""
    monkeypatch.setattr(settle, "_end_overdue", lambda session, now: settle._rows(session.enrolments.offered(), session))
    with pytest.raises(AssertionError, match="a mail did not leave once"):
        live(nobody_answers)


@pytest.mark.control
def test_without_the_worker_a_seat_waits_for_the_next_person_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "sessions_to_settle", lambda now: [])
    with pytest.raises(AssertionError):
        live(nobody_answers)


@pytest.mark.control
def test_without_being_served_as_one_a_group_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "served_with", lambda pk, group, mode: str(pk))
    with pytest.raises(AssertionError, match="a group was split"):
        live(a_group_of_two_and_one_seat)


@pytest.mark.control
def test_without_the_note_the_contact_is_told_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (settle, overdue):
        monkeypatch.setattr(each, "passed_over", lambda now: EnrolmentGroup.objects.all())
    with pytest.raises(AssertionError):
        live(a_group_too_late)


@pytest.mark.control
def test_without_the_mail_to_its_contact_nobody_hears_of_the_seats_of_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "tell_contact", lambda *args, **kwargs: None)
    with pytest.raises(AssertionError, match="a mail did not leave once"):
        live(a_group_is_offered_its_seats_and_does_not_answer)


@pytest.mark.control
def test_without_one_answer_for_all_each_colleague_is_told_twice_that_it_came_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "accept_all", lambda party, now: [answer.accept_offer(enrolment=each, now=now) for each in party])
    with pytest.raises(AssertionError, match="a mail did not leave once"):
        live(the_contact_of_two_answers_too_late)


@pytest.mark.control
def test_without_settling_the_second_seat_of_one_person_lies_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "settle_seats", lambda *args, **kwargs: [])
    with pytest.raises(AssertionError, match="a seat is idle"):
        live(one_person_has_two_seats)


@pytest.mark.control
def test_without_their_order_the_worse_of_two_places_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "PLACES", merged.PLACES[::-1])
    with pytest.raises(AssertionError, match="the worse of two places stayed"):
        live(one_person_waits_beside_her_seat)


@pytest.mark.control
def test_without_the_count_an_undone_merge_gives_a_seat_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "session_seats", lambda session: Seats(capacity=99, confirmed=0, waiting=0))
    with pytest.raises(AssertionError, match="a seat was given twice"):
        live(two_people_after_all_and_the_seat_is_gone)


@pytest.mark.control
def test_without_settling_what_was_kept_for_a_group_lies_idle_once_it_is_served_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "settle_seats", lambda *args, **kwargs: [])
    with pytest.raises(AssertionError, match="a seat is idle"):
        live(a_place_of_a_group_is_decided_by_hand)
