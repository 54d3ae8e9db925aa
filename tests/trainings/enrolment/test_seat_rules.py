"""Seats kept for some sectors, and at most so many people of one organisation, until a day. Said before anybody enrols."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import Organisation, Sector
from tests.core.factories import OrganisationFactory, SectorFactory, UserFactory
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, status_of
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.mail import latest_mail
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.enrol import EnrolmentChanges, EnrolmentData, EnrolmentOutcome, change_enrolment, enrol_participant
from trainings.enrolment.offers.overdue import pass_on_offers
from trainings.enums import EnrolmentStatus
from trainings.models import Session
from trainings.planning.sessions import change_capacity

pytestmark = pytest.mark.django_db

LAST_DAY = datetime.date(2027, 1, 20)


@pytest.fixture
def housing() -> Sector:
    sector: Sector = SectorFactory(name_fr="Logement", name_nl="Wonen", name_en="Housing")
    return sector


@pytest.fixture
def keeping(housing: Sector) -> Session:
    """Two seats, one kept for housing until 20 January."""
    session: Session = SessionFactory(capacity=2, kept_seats=1, kept_until=LAST_DAY, first_meeting_at=IN_FIVE_WEEKS)
    session.kept_sectors.set([housing])
    return session


def enrol(session: Session, name: str, now: datetime.datetime = MONDAY, **facts: Any) -> EnrolmentOutcome:
    person = EnrolmentData(name=name, email=f"{name}@example.org", **facts)
    return enrol_participant(session_id=session.pk, person=person, now=now)


def test_a_kept_seat_is_for_its_sectors_only(keeping: Session, housing: Sector) -> None:
    health = SectorFactory()
    statuses = [enrol(keeping, name, sector=sector).enrolment.status for name, sector in (("a", health), ("b", health), ("c", housing))]
    assert statuses == ["confirmed", "waiting", "confirmed"], "the third may have the seat that the second may not"


def test_after_the_day_a_kept_seat_goes_to_whoever_waits_first(keeping: Session) -> None:
    enrol(keeping, "a")
    second, third = enrol(keeping, "b").enrolment, enrol(keeping, "c").enrolment
    assert pass_on_offers(now=at("2027-01-20 23:59")) == 0
    assert pass_on_offers(now=at("2027-01-21 00:01")) == 1
    assert (status_of(second), status_of(third)) == ("offered", "waiting")


def test_a_freed_seat_skips_those_who_may_not_have_it(keeping: Session, housing: Sector) -> None:
    enrol(keeping, "a")
    leaving = enrol(keeping, "b", sector=housing).enrolment
    first, of_housing = enrol(keeping, "c").enrolment, enrol(keeping, "d", sector=housing).enrolment
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    assert (status_of(first), status_of(of_housing)) == ("waiting", "offered")


def test_at_most_so_many_of_one_organisation() -> None:
    session = SessionFactory(capacity=4, most_per_organisation=1, most_until=LAST_DAY, first_meeting_at=IN_FIVE_WEEKS)
    listed: Organisation = OrganisationFactory()
    told = [
        ("a", {"organisation": listed}),
        ("b", {"organisation": listed}),
        ("c", {"organisation_name": "  Le Relais d’Exemple"}),
        ("d", {"organisation_name": "le relais d’exemple"}),
        ("e", {}),
        ("f", {}),
    ]
    statuses = {name: str(enrol(session, name, **facts).enrolment.status) for name, facts in told}
    assert statuses == {"a": "confirmed", "b": "waiting", "c": "confirmed", "d": "waiting", "e": "confirmed", "f": "confirmed"}


def test_the_limit_ends_with_its_day() -> None:
    session = SessionFactory(capacity=3, most_per_organisation=1, most_until=LAST_DAY, first_meeting_at=IN_FIVE_WEEKS)
    colleagues = [enrol(session, name, organisation_name="Relais").enrolment for name in ("a", "b", "c")]
    pass_on_offers(now=at("2027-01-21 00:01"))
    assert [status_of(each) for each in colleagues] == ["confirmed", "offered", "offered"]


def test_who_corrects_her_sector_gets_the_seat_that_is_kept_for_it(keeping: Session, housing: Sector) -> None:
    enrol(keeping, "a")
    waiting = enrol(keeping, "b").enrolment
    change_enrolment(enrolment=waiting, changes=EnrolmentChanges(name="b", sector=housing), now=MONDAY)
    assert status_of(waiting) == "offered"


def test_more_seats_than_are_kept_go_in_order(keeping: Session) -> None:
    enrol(keeping, "a")
    waiting = [enrol(keeping, name).enrolment for name in ("b", "c")]
    change_capacity(session=keeping, capacity=3, now=MONDAY, by=UserFactory())
    assert [status_of(each) for each in waiting] == ["offered", "waiting"]


def test_a_second_form_of_the_same_person_gets_the_answer_of_a_newcomer(keeping: Session, housing: Sector) -> None:
    """Whoever types somebody's address learns nothing: the answer follows the rules, not the first enrolment."""
    enrol(keeping, "a")
    assert [enrol(keeping, "a").rank, enrol(keeping, "a", sector=housing).rank] == [1, 0]


@pytest.mark.parametrize(
    ("language", "kept", "most"),
    [
        ("fr", "Jusqu’au 20 janvier 2027, 1 des 2 places est réservée au secteur", "au plus 1 personne d’une même organisation"),
        ("nl", "Tot en met 20 januari 2027 is 1 van de 2 plaatsen voorbehouden", "hoogstens 1 persoon van dezelfde organisatie"),
        ("en", "Until 20 January 2027, 1 of the 2 seats is kept for: Housing.", "at most 1 person of one organisation gets a seat"),
    ],
)
def test_the_rules_are_said_before_anybody_enrols(
    client: Client, keeping: Session, monkeypatch: pytest.MonkeyPatch, language: str, kept: str, most: str
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    Session.objects.filter(pk=keeping.pk).update(most_per_organisation=1, most_until=LAST_DAY)
    with translation.override(language):
        page = client.get(reverse("trainings:enrol", args=[keeping.reference])).content.decode()
    assert kept in page
    assert most in page


def test_the_mail_of_somebody_who_waits_says_rank_rules_and_how_she_hears_of_a_seat(keeping: Session) -> None:
    enrol(keeping, "a", language="en")
    mail = latest_mail(enrol(keeping, "b", language="en").enrolment)
    for words in (
        "You are number 1 on the waiting list",
        "1 of the 2 seats is kept for: Housing",
        "the first on the list who may have it",
        "You get an offer by mail, with a deadline.",
    ):
        assert words in mail.text
        assert words in mail.html


def test_a_session_without_rules_says_none(client: Client) -> None:
    session, _seated, _waiting = full_session(waiting=1, capacity=1)
    EnrolmentFactory(session=session, status=EnrolmentStatus.CANCELLED)
    with translation.override("en"):
        page = client.get(reverse("trainings:enrol", args=[session.reference])).content.decode()
    assert "kept for" not in page
