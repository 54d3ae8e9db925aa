"""What a passer-by is told of the seats: kept ones, the limit of an organisation and those who wait are counted in."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.core.factories import SectorFactory
from tests.trainings.enrolment.groups import enrol, group_of
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, full_session
from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory, make_catalogue, make_sheets
from trainings.enrolment.cancel import cancel_enrolment
from trainings.models import Session
from trainings.querysets.places import note_places
from trainings.seats.places import PlacesLeft

pytestmark = pytest.mark.django_db

UNTIL = IN_FIVE_WEEKS.date()


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def places(session: Session) -> PlacesLeft:
    found = Session.objects.with_seats_left().get(pk=session.pk)
    note_places([found], now=MONDAY)
    return found.places


def keeping(seats: int, kept: int) -> Session:
    session: Session = SessionFactory(capacity=seats, kept_seats=kept, kept_until=UNTIL, first_meeting_at=IN_FIVE_WEEKS)
    session.kept_sectors.set([SectorFactory()])
    return session


def test_without_rules_every_free_seat_is_for_anybody() -> None:
    session = SessionFactory(capacity=3, first_meeting_at=IN_FIVE_WEEKS)
    EnrolmentFactory(session=session)
    assert places(session) == PlacesLeft(anybody=2)


def test_kept_seats_are_no_places_for_a_passer_by() -> None:
    session = keeping(5, kept=2)
    assert places(session) == PlacesLeft(anybody=3, kept=2)
    EnrolmentFactory.create_batch(3, session=session)
    assert places(session) == PlacesLeft(anybody=0, kept=2)
    EnrolmentFactory(session=session, is_waiting=True)
    assert places(session) == PlacesLeft(anybody=0, kept=2), "who waits may not have them either"


def test_a_rule_that_is_over_counts_no_more() -> None:
    session = keeping(5, kept=2)
    Session.objects.filter(pk=session.pk).update(kept_until=MONDAY.date().replace(day=10))
    assert places(session) == PlacesLeft(anybody=5)


def test_colleagues_over_the_limit_who_wait_take_no_place_from_a_passer_by() -> None:
    session = SessionFactory(capacity=5, most_per_organisation=1, most_until=UNTIL, first_meeting_at=IN_FIVE_WEEKS)
    EnrolmentFactory(session=session, organisation_name="Relais")
    EnrolmentFactory(session=session, organisation_name="relais", is_waiting=True)
    assert places(session) == PlacesLeft(anybody=4, most=1)


def test_a_seat_kept_for_a_group_is_free_and_yet_for_nobody_else() -> None:
    session, [one, _two], [] = full_session(capacity=2, waiting=0)
    enrol(session, group_of(2, together=True))
    cancel_enrolment(enrolment=one, now=MONDAY)
    assert places(session) == PlacesLeft(is_freed=True)


def test_catalogue_sheet_and_form_say_the_same(client: Client) -> None:
    session = keeping(5, kept=2)
    sheet = make_sheets(session.module, en="Listening")["en"]
    form = f"/en/enrol/{session.reference}/"
    for url in (make_catalogue()["en"].url, sheet.url, form):
        page = " ".join(client.get(url).content.decode().split())
        assert "3 places left" in page, url
        assert "and 2 for some sectors only" in page, url
    for url in (sheet.url, form):
        assert "2 of the 5 seats are kept for" in client.get(url).content.decode(), "the rule, before anybody enrols"


def test_many_sessions_with_rules_cost_the_catalogue_no_more_queries(client: Client) -> None:
    url = make_catalogue()["fr"].url

    def queries(count: int) -> int:
        for _number in range(count):
            session = keeping(4, kept=1)
            make_sheets(session.module)
            EnrolmentFactory(session=session)
            EnrolmentFactory(session=session, is_waiting=True)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    assert queries(1) == queries(9) <= 12


def test_many_sessions_with_rules_cost_their_sheet_no_more_queries(client: Client) -> None:
    module = ModuleFactory()
    url = make_sheets(module)["fr"].url

    def queries(count: int) -> int:
        for _number in range(count):
            session = keeping(4, kept=1)
            Session.objects.filter(pk=session.pk).update(module=module)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    assert queries(1) == queries(5) <= 12
