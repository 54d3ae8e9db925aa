"""A sector nobody told is stated afterwards, for all people of an organisation in the sessions of a year."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from core.figures.period import Period
from core.models import OutgoingMail, Sector
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Session
from trainings.people.sectors import Stated, UnknownSector, state_sector, unknown_sectors

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime.datetime(2026, 6, 1, 12))
YEAR = Period.of_year(2026)


@pytest.fixture
def session() -> Session:
    made: Session = SessionFactory(first_meeting_at=NOW - datetime.timedelta(days=90))
    return made


def state(key: str, sector: Sector) -> Stated:
    return state_sector(key=key, sector=sector, period=YEAR, now=NOW)


def test_people_are_counted_by_organisation_and_spellings_of_one_name_are_one(session: Session) -> None:
    known = OrganisationFactory(name_fr="Maison d’exemple", sector=None)
    EnrolmentFactory(session=session, organisation=known)
    for typed in ("L’Atelier", "Atelier asbl", "L’Atelier", ""):
        EnrolmentFactory(session=session, organisation_name=typed)
    assert unknown_sectors(YEAR) == [UnknownSector("atelier", "L’Atelier", 3), UnknownSector(f"#{known.pk}", "Maison d’exemple", 1)]


@pytest.mark.parametrize("told", [{"sector": True}, {"is_cancelled": True}, {"last_year": True}], ids=str)
def test_who_told_a_sector_cancelled_or_came_another_year_is_not_asked_about(session: Session, told: dict[str, Any]) -> None:
    if told.get("last_year"):
        session = SessionFactory(first_meeting_at=NOW - datetime.timedelta(days=365))
    facts = {"sector": SectorFactory()} if told.get("sector") else {}
    row = EnrolmentFactory(session=session, organisation_name="Atelier", is_cancelled=told.get("is_cancelled", False), **facts)
    assert unknown_sectors(YEAR) == []
    assert state("atelier", SectorFactory()).enrolments == []
    before = row.sector
    row.refresh_from_db()
    assert row.sector == before


def test_what_people_typed_stays_and_nobody_gets_a_mail(session: Session) -> None:
    for typed in ("L’Atelier", "ATELIER ASBL", "Ailleurs"):
        EnrolmentFactory(session=session, organisation_name=typed)
    stated = state("atelier", sector := SectorFactory())
    assert len(stated.enrolments) == 2
    assert stated.organisation is None
    assert sorted(Enrolment.objects.filter(sector=sector).values_list("organisation_name", flat=True)) == ["ATELIER ASBL", "L’Atelier"]
    assert [each.name for each in unknown_sectors(YEAR)] == ["Ailleurs"]
    assert not OutgoingMail.objects.exists()


def test_the_directory_learns_a_sector_it_did_not_know_and_keeps_one_it_knew(session: Session) -> None:
    known, open_question = OrganisationFactory(sector=SectorFactory()), OrganisationFactory(sector=None)
    for organisation in (known, open_question):
        EnrolmentFactory(session=session, organisation=organisation)
    sector = SectorFactory()
    assert state(f"#{known.pk}", sector).organisation is None
    assert state(f"#{open_question.pk}", sector).organisation == open_question
    known.refresh_from_db()
    open_question.refresh_from_db()
    assert known.sector != sector == open_question.sector
    assert Enrolment.objects.filter(sector=sector).count() == 2


def test_a_seat_kept_for_the_sector_is_given_at_once() -> None:
    sector = SectorFactory()
    ahead = SessionFactory(first_meeting_at=NOW + datetime.timedelta(days=60), capacity=2, kept_seats=1, kept_until=NOW.date())
    ahead.kept_sectors.set([sector])
    EnrolmentFactory(session=ahead)
    waiting = EnrolmentFactory(session=ahead, is_waiting=True, organisation_name="Atelier", created_at=NOW - datetime.timedelta(days=3))
    state("atelier", sector)
    waiting.refresh_from_db()
    assert waiting.status in {EnrolmentStatus.OFFERED, EnrolmentStatus.CONFIRMED}
