"""Free seats in the admin: why nobody is offered one, whose answer is waited for, and the rules of a session in its form."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.core.factories import SectorFactory
from tests.trainings.backoffice.session_form import save
from tests.trainings.enrolment.people import full_session, status_of
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.backoffice.sessions.seat_gaps import seat_gaps_of
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.offers.overdue import pass_on_offers
from trainings.enums import EnrolmentStatus, FreedSeats, SessionStatus
from trainings.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def days(count: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=count)


def reasons(session: Session) -> list[str]:
    return [str(gap.text) for gap in seat_gaps_of(Session.objects.prefetch_related("meetings").get(pk=session.pk), now=timezone.now())]


def page_of(client: Client, session: Session) -> str:
    return client.get(reverse("trainings_sessions:inspect", args=[session.pk])).content.decode()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"freed_seats": FreedSeats.BY_HAND}, "This session says that a coordinator gives the seats."),
        ({"status": SessionStatus.CLOSED}, "The session is closed: nothing is offered by itself."),
        ({"first_meeting_at": timezone.now() + datetime.timedelta(hours=20)}, "call the people who wait."),
        ({"first_meeting_at": timezone.now() - datetime.timedelta(hours=1)}, "The session has begun"),
    ],
    ids=["by hand", "closed", "too near", "begun"],
)
def test_the_page_says_why_a_seat_is_offered_to_nobody(coordinator: Client, facts: dict[str, Any], reason: str) -> None:
    session, [leaving], _waiting = full_session(waiting=1, **({"first_meeting_at": days(30)} | facts))
    cancel_enrolment(enrolment=leaving, now=timezone.now())
    [said] = reasons(session)
    assert said.startswith("1 seat is free.")
    assert reason in said
    assert reason in page_of(coordinator, session)


def test_the_rules_that_keep_people_waiting_are_named_with_how_many() -> None:
    session, seated, waiting = full_session(capacity=2, waiting=2, first_meeting_at=days(30), kept_seats=1, kept_until=days(10).date())
    session.kept_sectors.set([SectorFactory()])
    cancel_enrolment(enrolment=seated[0], now=timezone.now())
    [reason] = reasons(session)
    assert reason.startswith("1 seat is free. 2 people wait who are of other sectors")
    assert [status_of(each) for each in waiting] == ["waiting", "waiting"]


def test_an_organisation_that_has_its_seats_is_told_apart() -> None:
    facts = {"most_per_organisation": 1, "most_until": days(10).date(), "first_meeting_at": days(30)}
    session = SessionFactory(capacity=2, **facts)
    EnrolmentFactory(session=session, organisation_name="Relais")
    EnrolmentFactory(session=session, organisation_name="relais", is_waiting=True)
    [reason] = reasons(session)
    assert "1 person waits whose organisation has all the seats it may have" in reason


def test_those_who_did_not_answer_are_counted(coordinator: Client) -> None:
    session, [leaving], [silent] = full_session(waiting=1, first_meeting_at=days(30))
    cancel_enrolment(enrolment=leaving, now=timezone.now())
    assert seat_gaps_of(session, now=timezone.now()) == [], "the seat is held"
    page = page_of(coordinator, session)
    assert "Offers without an answer yet" in page
    assert silent.name in page
    pass_on_offers(now=days(5))
    assert status_of(silent) == "lapsed"
    assert "1 person did not answer an offer" in page_of(coordinator, session)


def test_the_control_nobody_waits_and_nothing_is_said() -> None:
    assert reasons(SessionFactory()) == []


def test_the_history_tells_the_site_from_the_person(coordinator: Client) -> None:
    _session, [leaving], [waiting] = full_session(waiting=1, first_meeting_at=days(30))
    cancel_enrolment(enrolment=leaving, now=timezone.now())
    page = coordinator.get(reverse("trainings_enrolments:inspect", args=[waiting.pk])).content.decode()
    assert "the site" in page
    assert "A seat became free." in page


class TestRulesInTheForm:
    """The form of a session, with what it says of its seats."""

    def test_new_rules_give_the_seats_they_free(self, coordinator: Client) -> None:
        """A rule is lifted in the form: whoever waited for it gets an offer in the same step."""
        session, seated, waiting = full_session(capacity=2, waiting=1, first_meeting_at=days(30), kept_seats=2, kept_until=days(10).date())
        session.kept_sectors.set([SectorFactory()])
        cancel_enrolment(enrolment=seated[0], now=timezone.now())
        assert status_of(waiting[0]) == EnrolmentStatus.WAITING
        assert save(coordinator, session, kept_seats=0).status_code == 200
        assert status_of(waiting[0]) == EnrolmentStatus.OFFERED

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ({"kept_seats": 2}, "Choose the sectors the seats are kept for."),
            ({"kept_seats": 2}, "Say until which day the seats are kept."),
            ({"kept_seats": 99}, "There are not so many seats."),
            ({"most_per_organisation": 2}, "Say until which day the limit holds."),
        ],
        ids=["no sector", "no day", "too many", "limit without a day"],
    )
    def test_a_rule_that_is_not_whole_is_refused(self, coordinator: Client, typed: dict[str, Any], error: str) -> None:
        session = SessionFactory()
        assert error in save(coordinator, session, **typed).content.decode()
        session.refresh_from_db()
        assert session.kept_seats == 0

    def test_the_rules_are_kept_as_typed(self, coordinator: Client) -> None:
        session, sector = SessionFactory(), SectorFactory()
        typed = {"kept_seats": 3, "kept_until": "2027-03-01", "kept_sectors": [sector.pk], "most_per_organisation": 2}
        save(coordinator, session, **typed, most_until="2027-03-02", freed_seats="confirm", answer_hours=48)
        session.refresh_from_db()
        assert (session.kept_seats, session.most_per_organisation, session.freed_seats, session.answer_hours) == (3, 2, "confirm", 48)
        assert list(session.kept_sectors.all()) == [sector]
