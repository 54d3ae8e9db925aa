"""Until when somebody can answer: less time as the first day comes nearer, never in the night, by the clock of Brussels."""

import datetime

import pytest

from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, status_of
from tests.trainings.factories import SessionFactory
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.offers.answer import accept_offer
from trainings.enums import FreedSeats, SessionStatus
from trainings.sessions.offer_plan import WhyByHand, answer_by, plan_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "deadline"),
    [
        pytest.param("2027-01-11 10:00", "2027-01-14 23:59:59", id="weeks before: three days, to the end of the third"),
        pytest.param("2027-01-11 00:05", "2027-01-14 23:59:59", id="passed on after midnight: three days all the same"),
        pytest.param("2027-02-10 10:00", "2027-02-11 23:59:59", id="in the last week: to the end of the next day"),
        pytest.param("2027-02-13 12:10", "2027-02-13 16:15", id="in the last two days: four hours, to the quarter"),
        pytest.param("2027-02-13 19:00", "2027-02-14 12:00", id="in the evening: the noon after"),
        pytest.param("2027-02-14 00:05", "2027-02-14 12:00", id="in the night: the noon after"),
        pytest.param("2027-02-14 10:00", None, id="on the eve: a coordinator calls"),
    ],
)
def test_the_usual_time_to_answer(now: str, deadline: str | None) -> None:
    session = SessionFactory(first_meeting_at=IN_FIVE_WEEKS)
    plan = plan_for(session, at(now))
    assert plan.answer_by == (at(deadline) if deadline else None)
    assert plan.why == (None if deadline else WhyByHand.TOO_NEAR)


def test_on_the_eve_an_offer_is_made_only_where_the_session_says_so_and_ends_before_it_begins() -> None:
    session = SessionFactory(first_meeting_at=IN_FIVE_WEEKS, freed_seats=FreedSeats.OFFER)
    assert plan_for(session, at("2027-02-14 10:00")).answer_by == at("2027-02-14 14:00")
    assert plan_for(session, at("2027-02-14 22:00")).answer_by == at("2027-02-15 06:30"), "the start forces it into the night"
    assert plan_for(session, at("2027-02-15 06:00")).why == WhyByHand.TOO_NEAR, "no time left to read it"


def test_the_session_may_give_another_time() -> None:
    session = SessionFactory(first_meeting_at=IN_FIVE_WEEKS, answer_hours=48)
    assert plan_for(session, MONDAY).answer_by == at("2027-01-13 23:59:59")
    session.answer_hours = 2
    assert plan_for(session, MONDAY).answer_by == at("2027-01-11 12:00")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"freed_seats": FreedSeats.BY_HAND}, WhyByHand.CHOSEN),
        ({"status": SessionStatus.CLOSED}, WhyByHand.CLOSED),
        ({"first_meeting_at": MONDAY - datetime.timedelta(hours=1)}, WhyByHand.BEGUN),
    ],
    ids=["chosen", "closed", "begun"],
)
def test_why_nothing_is_offered(facts: dict[str, object], why: WhyByHand) -> None:
    session = SessionFactory(**({"first_meeting_at": IN_FIVE_WEEKS} | facts))
    assert plan_for(session, MONDAY).why == why


def test_no_deadline_falls_in_the_night_unless_the_start_forces_it() -> None:
    """Every quarter of an hour of the last ten days, for the usual way."""
    session = SessionFactory(first_meeting_at=IN_FIVE_WEEKS)
    moment = IN_FIVE_WEEKS - datetime.timedelta(days=10)
    while (plan := plan_for(session, moment)).answer_by:
        local = plan.answer_by.astimezone(moment.tzinfo)
        assert local.time() == datetime.time(23, 59, 59) or datetime.time(9) <= local.time() <= datetime.time(21)
        assert moment + datetime.timedelta(hours=1) <= plan.answer_by <= IN_FIVE_WEEKS - datetime.timedelta(hours=3)
        moment += datetime.timedelta(minutes=15)
    assert IN_FIVE_WEEKS - moment < datetime.timedelta(days=1)


# The clock of Brussels goes forward on 28 March 2027 and back on 31 October 2027, both at night.
CHANGES = [
    pytest.param("2027-03-25 10:00", "2027-03-28", "2027-05-03 09:30", id="March"),
    pytest.param("2027-10-28 10:00", "2027-10-31", "2027-12-06 09:30", id="October"),
]


@pytest.mark.parametrize(("asked", "day", "starts"), CHANGES)
@pytest.mark.parametrize(("hour", "status"), [("23:59", "confirmed"), ("00:01", "waiting")], ids=["in time", "too late"])
def test_the_day_the_clock_changes_ends_at_its_own_midnight(asked: str, day: str, starts: str, hour: str, status: str) -> None:
    _session, [leaving], [first, _second] = full_session(waiting=2, first_meeting_at=at(starts))
    cancel_enrolment(enrolment=leaving, now=at(asked))
    first.refresh_from_db()
    assert first.answer_by == at(f"{day} 23:59:59")
    moment = at(f"{day} {hour}") + datetime.timedelta(days=hour < "12")
    assert accept_offer(enrolment=first, now=moment).status == status
    assert status_of(first) == status


@pytest.mark.parametrize(("asked", "day", "starts"), CHANGES)
def test_a_few_hours_are_counted_on_the_clock_people_read(asked: str, day: str, starts: str) -> None:
    """Four hours asked for at 22:30 of the evening before: noon, whether the night has 23 or 25 hours."""
    eve = at(f"{day} 22:30") - datetime.timedelta(days=1)
    assert answer_by(eve, hours=4, starts_at=at(f"{day} 22:00")) == at(f"{day} 12:00")
