"""One reminder in the morning of the day on which an offer ends, once."""

from functools import partial

import pytest

from tests.concurrency import run_concurrently
from tests.core.factories import UserFactory
from tests.trainings.enrolment.groups import CONTACT, enrol, group_of, made, places
from tests.trainings.enrolment.people import MONDAY, at, full_session
from tests.trainings.mail import kinds_to, mails_to
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.groups.people import Colleague
from trainings.enrolment.groups.places import give_place
from trainings.enrolment.offers.answer import accept_offer
from trainings.enrolment.offers.remind import remind_of_offer, remind_of_offers
from trainings.models import Enrolment
from trainings.planning.sessions import change_capacity


def offered_on_monday() -> Enrolment:
    """Until Thursday at 23:59."""
    _session, [leaving], [first] = full_session(waiting=1)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    return first


@pytest.mark.django_db
class TestWhen:
    def test_it_leaves_on_the_last_day_from_nine_o_clock_and_once(self) -> None:
        first = offered_on_monday()
        for moment in ("2027-01-13 23:00", "2027-01-14 00:01", "2027-01-14 08:59"):
            assert remind_of_offers(now=at(moment)) == 0, moment
        assert remind_of_offers(now=at("2027-01-14 09:00")) == 1
        assert remind_of_offers(now=at("2027-01-14 09:15")) == 0
        assert kinds_to(first.email) == ["seat_offered", "offer_reminder"]
        assert "23 h 59" in mails_to(first.email)[-1].text.replace("\N{NO-BREAK SPACE}", " ")

    def test_whoever_answered_is_not_reminded(self) -> None:
        first = offered_on_monday()
        accept_offer(enrolment=first, now=at("2027-01-13 10:00"))
        assert remind_of_offers(now=at("2027-01-14 09:00")) == 0

    def test_an_hour_before_the_end_it_is_too_late(self) -> None:
        offered_on_monday()
        assert remind_of_offers(now=at("2027-01-14 23:01")) == 0

    def test_an_offer_of_hours_is_not_reminded_of(self) -> None:
        session, [leaving], [_first] = full_session(waiting=1, answer_hours=4)
        cancel_enrolment(enrolment=leaving, now=at("2027-01-14 08:30"))
        assert remind_of_offers(now=at("2027-01-14 09:30")) == 0
        assert session.answer_hours == 4

    def test_a_new_offer_has_a_reminder_of_its_own(self) -> None:
        first = offered_on_monday()
        remind_of_offers(now=at("2027-01-14 09:00"))
        accept_offer(enrolment=first, now=at("2027-01-15 09:00"))  # too late; nobody else waits: offered once more, until the 18th
        assert remind_of_offers(now=at("2027-01-18 09:00")) == 1

    def test_whoever_took_the_place_over_today_knows_it(self) -> None:
        first = offered_on_monday()
        give_place(enrolment=first, to=Colleague(name="Noa", email="noa@example.org"), now=at("2027-01-14 08:00"))
        assert remind_of_offers(now=at("2027-01-14 09:00")) == 0

    def test_of_a_group_the_contact_is_reminded_once(self) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True, language="en")))
        change_capacity(session=session, capacity=4, now=MONDAY, by=UserFactory())
        assert remind_of_offers(now=at("2027-01-14 09:00")) == 1
        assert mails_to(CONTACT)[-1].subject.startswith("Do you still want the seats?")
        assert kinds_to(places(group)[1].email) == ["enrolment_waiting"]


def test_two_workers_at_once_send_one_reminder(committed: None) -> None:
    first = offered_on_monday()
    run_concurrently(*[partial(remind_of_offer, enrolment_id=first.pk, now=at("2027-01-14 09:00"))] * 4)
    assert kinds_to(first.email).count("offer_reminder") == 1


@pytest.mark.django_db
@pytest.mark.control
def test_without_the_note_it_leaves_at_every_look() -> None:
    first = offered_on_monday()
    moment = at("2027-01-14 09:00")
    remind_of_offers(now=moment)
    Enrolment.objects.update(reminded_at=None)
    remind_of_offers(now=moment)
    assert kinds_to(first.email).count("offer_reminder") == 2
