"""A seat becomes free: it is offered to the first who waits, who takes it, leaves it, or lets it pass."""

import pytest

from tests.core.factories import UserFactory
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, history_of, status_of
from tests.trainings.factories import SessionFactory
from tests.trainings.mail import files_of, kinds_to, latest_mail, links_in
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import SessionFull, confirm_enrolment, move_to_waiting
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enrolment.move import move_enrolment
from trainings.enrolment.offers.answer import accept_offer, refuse_offer
from trainings.enrolment.offers.overdue import pass_on_offers, sessions_to_settle
from trainings.enums import EnrolmentStatus, FreedSeats
from trainings.planning.sessions import TooFewSeats, cancel_session, change_capacity, close_session, publish_session
from trainings.planning.waiting_lists import end_stale_waiting_lists
from trainings.sessions.seat_counts import session_seats, waiting_rank

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED, LAPSED, CANCELLED = (
    EnrolmentStatus.CONFIRMED,
    EnrolmentStatus.WAITING,
    EnrolmentStatus.OFFERED,
    EnrolmentStatus.LAPSED,
    EnrolmentStatus.CANCELLED,
)
DEADLINE = at("2027-01-14 23:59:59")
JUST_BEFORE, JUST_AFTER = at("2027-01-14 23:59"), at("2027-01-15 00:01")


def test_a_cancelled_seat_is_offered_to_the_first_who_waits_and_held_for_her() -> None:
    session, [leaving], [first, second] = full_session(waiting=2)

    cancel_enrolment(enrolment=leaving, now=MONDAY)

    first.refresh_from_db()
    assert (first.status, first.answer_by) == (OFFERED, DEADLINE)
    assert status_of(second) == WAITING
    assert session_seats(session).free == 0, "the offer holds the seat"
    assert waiting_rank(second) == 1
    mail = latest_mail(first)
    assert mail.kind == "trainings/mail/seat_offered"
    assert "14 janvier 2027" in mail.subject
    assert "14 janvier 2027, 23" in mail.text
    assert "14 janvier 2027, 23" in mail.html
    assert mail.attachments == [], "nothing for a calendar before she accepts"
    assert sum(first.token in link for link in links_in(mail.text)) == 2, "to accept, to refuse"


def test_who_accepts_in_time_has_the_seat_and_the_dates() -> None:
    session, [leaving], [first] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)

    for _press in range(2):
        accepted = accept_offer(enrolment=first, now=JUST_BEFORE)

    assert accepted.status == CONFIRMED
    assert kinds_to(first.email) == ["seat_offered", "enrolment_confirmed"]
    assert list(files_of(latest_mail(first))) == ["smes.ics"]
    assert history_of(first)[1:] == [(OFFERED, "seat_freed"), (CONFIRMED, "offer_accepted")]
    assert first.transitions.get(to_status=OFFERED).answer_by == DEADLINE, "the deadline stays in the history"
    first.refresh_from_db()
    assert first.answer_by is None
    assert session_seats(session).confirmed == 1


def test_a_refused_seat_goes_to_the_next_at_once() -> None:
    _session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)

    for _press in range(2):
        refuse_offer(enrolment=first, now=at("2027-01-12 09:00"))

    assert (status_of(first), status_of(second)) == (CANCELLED, OFFERED)
    assert history_of(first)[-1] == (CANCELLED, "offer_refused")
    assert kinds_to(first.email) == ["seat_offered", "enrolment_cancelled"]
    assert kinds_to(second.email) == ["seat_offered"]


def test_at_the_deadline_the_seat_passes_on_once() -> None:
    _session, [leaving], [first, second, third] = full_session(waiting=3)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    assert pass_on_offers(now=JUST_BEFORE) == 0

    assert [pass_on_offers(now=JUST_AFTER) for _run in range(2)] == [1, 0]

    assert [status_of(each) for each in (first, second, third)] == [LAPSED, OFFERED, WAITING]
    assert history_of(first)[-1] == (LAPSED, "offer_lapsed")
    assert kinds_to(first.email) == ["seat_offered", "offer_lapsed"]
    assert kinds_to(second.email) == ["seat_offered"]
    assert waiting_rank(third) == 1


def test_who_accepts_too_late_waits_again_behind_those_who_were_told_a_rank() -> None:
    _session, [leaving], [first, second, third] = full_session(waiting=3)
    cancel_enrolment(enrolment=leaving, now=MONDAY)

    for _press in range(2):
        late = accept_offer(enrolment=first, now=JUST_AFTER)

    assert late.status == WAITING
    assert [status_of(each) for each in (first, second, third)] == [WAITING, OFFERED, WAITING]
    first.refresh_from_db()
    assert [waiting_rank(third), waiting_rank(first)] == [1, 2]
    assert kinds_to(first.email) == ["seat_offered", "enrolment_waiting"], "one mail says where she stands"
    assert history_of(first)[-2:] == [(LAPSED, "offer_lapsed"), (WAITING, "still_wants")]


def test_who_answers_days_after_the_deadline_waits_again_too() -> None:
    _session, [leaving], [first, _second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    pass_on_offers(now=JUST_AFTER)
    assert accept_offer(enrolment=first, now=at("2027-01-16 10:00")).status == WAITING
    assert kinds_to(first.email) == ["seat_offered", "offer_lapsed", "enrolment_waiting"]


def test_who_is_late_for_a_seat_nobody_else_wants_is_offered_it_once_more() -> None:
    session, [leaving], [only] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    pass_on_offers(now=JUST_AFTER)
    assert session_seats(session).free == 1

    assert accept_offer(enrolment=only, now=at("2027-01-16 10:00")).status == OFFERED
    assert accept_offer(enrolment=only, now=at("2027-01-16 10:01")).status == CONFIRMED
    assert kinds_to(only.email) == ["seat_offered", "offer_lapsed", "seat_offered", "enrolment_confirmed"]


def test_who_never_answers_is_not_offered_the_same_seat_for_ever_and_keeps_nobody_out() -> None:
    session, [leaving], [silent] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    pass_on_offers(now=JUST_AFTER)
    assert sessions_to_settle(at("2027-01-20 10:00")) == []
    newcomer = EnrolmentData(name="Alex Exemple", email="alex@example.org")
    outcome = enrol_participant(session_id=session.pk, person=newcomer, now=at("2027-01-20 10:00"))
    assert (outcome.enrolment.status, outcome.rank) == (CONFIRMED, 0)
    assert status_of(silent) == LAPSED


def test_a_passer_by_never_takes_a_freed_seat() -> None:
    session, [leaving], [first] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    outcome = enrol_participant(session_id=session.pk, person=EnrolmentData(name="Alex", email="alex@example.org"), now=MONDAY)
    assert (outcome.enrolment.status, outcome.rank) == (WAITING, 1)
    assert status_of(first) == OFFERED


def test_whoever_comes_first_after_the_deadline_finds_the_seat_passed_on() -> None:
    """The worker sleeps: a newcomer's form ends the offer, and the seat goes to the one who waited."""
    session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)

    outcome = enrol_participant(session_id=session.pk, person=EnrolmentData(name="Alex", email="alex@example.org"), now=JUST_AFTER)

    assert [status_of(first), status_of(second), outcome.enrolment.status] == [LAPSED, OFFERED, WAITING]
    assert outcome.rank == waiting_rank(outcome.enrolment) == 1


def test_more_seats_are_offered_to_as_many_as_wait() -> None:
    session, _seated, waiting = full_session(waiting=3)
    change_capacity(session=session, capacity=3, now=MONDAY, by=UserFactory())
    assert [status_of(each) for each in waiting] == [OFFERED, OFFERED, WAITING]
    with pytest.raises(TooFewSeats) as refusal:
        change_capacity(session=session, capacity=2, now=MONDAY, by=UserFactory())
    assert refusal.value.taken == 3, "what is offered is promised"


def test_the_seat_of_somebody_who_moves_is_offered() -> None:
    _session, [moving], [first] = full_session(waiting=1)
    move_enrolment(enrolment=moving, to_session=SessionFactory(first_meeting_at=IN_FIVE_WEEKS), now=MONDAY, by=UserFactory())
    assert status_of(first) == OFFERED


def test_somebody_who_moves_away_from_her_offer_leaves_it_to_the_next() -> None:
    _session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    other = SessionFactory(first_meeting_at=IN_FIVE_WEEKS)
    move_enrolment(enrolment=first, to_session=other, now=MONDAY, by=UserFactory())
    first.refresh_from_db()
    assert (first.session, first.status, first.answer_by) == (other, CONFIRMED, None)
    assert status_of(second) == OFFERED


def test_a_seat_taken_back_goes_to_the_next_and_not_to_the_one_it_was_taken_from() -> None:
    _session, [seated], [next_one] = full_session(waiting=1)
    move_to_waiting(enrolment=seated, now=MONDAY, by=UserFactory())
    assert (status_of(seated), status_of(next_one)) == (WAITING, OFFERED)
    assert kinds_to(seated.email) == ["enrolment_waiting"]


def test_what_a_coordinator_took_back_is_not_offered_again_by_itself() -> None:
    """Two from one team: one waits although a seat is free, until a coordinator gives it; others may come meanwhile."""
    session, [seated], _nobody = full_session(waiting=0, capacity=1)
    change_capacity(session=session, capacity=2, now=MONDAY, by=UserFactory())
    move_to_waiting(enrolment=seated, now=MONDAY, by=UserFactory(), reason="Two from one team")
    assert pass_on_offers(now=MONDAY) == 0
    assert kinds_to(seated.email) == ["enrolment_waiting"]
    outcome = enrol_participant(session_id=session.pk, person=EnrolmentData(name="Alex", email="alex@example.org"), now=MONDAY)
    assert outcome.enrolment.status == CONFIRMED
    confirm_enrolment(enrolment=seated, now=MONDAY, by=UserFactory())
    assert status_of(seated) == CONFIRMED


def test_the_coordinator_can_take_an_offer_back_or_accept_it_on_the_phone() -> None:
    _session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    with pytest.raises(SessionFull):
        confirm_enrolment(enrolment=second, now=MONDAY, by=UserFactory())
    confirm_enrolment(enrolment=first, now=MONDAY, by=UserFactory())
    assert (status_of(first), status_of(second)) == (CONFIRMED, WAITING)


def test_given_at_once_where_the_session_says_so() -> None:
    _session, [leaving], [first] = full_session(waiting=1, freed_seats=FreedSeats.CONFIRM)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    assert status_of(first) == CONFIRMED
    assert kinds_to(first.email) == ["enrolment_confirmed"]
    assert list(files_of(latest_mail(first))) == ["smes.ics"]


def test_left_to_the_coordinator_where_the_session_says_so() -> None:
    session, [leaving], [first] = full_session(waiting=1, freed_seats=FreedSeats.BY_HAND)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    assert status_of(first) == WAITING
    assert sessions_to_settle(MONDAY) == []
    confirm_enrolment(enrolment=first, now=MONDAY, by=UserFactory())
    assert session_seats(session).free == 0


def test_a_closed_session_offers_nothing_until_it_is_opened_again() -> None:
    session, [leaving], [first] = full_session(waiting=1)
    close_session(session=session, now=MONDAY, by=UserFactory())
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    assert status_of(first) == WAITING
    publish_session(session=session, now=MONDAY, by=UserFactory())
    assert status_of(first) == OFFERED


def test_when_the_session_begins_everybody_who_still_hopes_is_told_once() -> None:
    _session, [leaving], [silent, waiting] = full_session(waiting=2, freed_seats=FreedSeats.OFFER)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    pass_on_offers(now=JUST_AFTER)
    assert [status_of(silent), status_of(waiting)] == [LAPSED, OFFERED]
    for _run in range(2):
        end_stale_waiting_lists(now=at("2027-02-15 14:00"))
    assert [status_of(silent), status_of(waiting)] == [CANCELLED, CANCELLED]
    assert kinds_to(silent.email)[-1] == kinds_to(waiting.email)[-1] == "waiting_over"
    assert accept_offer(enrolment=waiting, now=at("2027-02-15 15:00")).status == CANCELLED


def test_an_offer_of_a_session_that_is_called_off_is_gone() -> None:
    session, [leaving], [offered] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    cancel_session(session=session, message="The trainer is ill.", now=MONDAY, by=UserFactory())
    assert accept_offer(enrolment=offered, now=MONDAY).status == CANCELLED
    assert kinds_to(offered.email) == ["seat_offered", "session_cancelled"]
    assert pass_on_offers(now=JUST_AFTER) == 0
