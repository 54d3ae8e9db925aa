"""The public page of the groups, the season of sign-up, and the balance between sectors and care zones."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from core import clock
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import CycleFactory, MeetingFactory, SessionFactory
from trainings.enrolment.enrol import CannotEnrol, EnrolmentChanges, EnrolmentData, Refusal, change_enrolment, enrol_participant
from trainings.enums import EnrolmentStatus, SessionKind, SessionStatus
from trainings.models import Audience, CareZone, Enrolment, Session

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def group(**facts: Any) -> Session:
    cycle = facts.pop("cycle", None) or CycleFactory(name_en="Intervisions", **facts.pop("season", {}))
    plain = {"kind": SessionKind.INTERVISION, "module": None, "title": "North"}
    return SessionFactory(**(plain | {"cycle": cycle} | facts))


def enrol(session: Session, name: str, **facts: Any) -> Enrolment:
    person = EnrolmentData(name=name, email=f"{name.lower()}@example.org", **facts)
    return enrol_participant(session_id=session.pk, person=person, now=timezone.now()).enrolment


def page(client: Client) -> str:
    return client.get(reverse("trainings:cycles")).content.decode()


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def test_a_group_says_for_whom_when_where_and_how_to_sign_up(client: Client) -> None:
    session = group(venue=None, meetings=0)
    MeetingFactory(session=session, host=OrganisationFactory(name_fr="Maison d’exemple"))
    told = page(client)
    for words in ("professionals of social and health services", "North", "Maison d’exemple", "free of charge", "14 places left"):
        assert words in told
    assert reverse("trainings:enrol", args=[session.reference]) in told


def test_before_the_season_the_day_it_opens_is_said_and_nobody_can_enrol(client: Client) -> None:
    session = group(season={"opens_on": clock.today() + 3 * DAY})
    form = reverse("trainings:enrol", args=[session.reference])
    told = page(client)
    assert "Sign-up opens on" in told
    assert form not in told
    answer = client.get(form)
    assert (answer.status_code, "Enrolment is not open yet" in answer.content.decode()) == (410, True)
    with pytest.raises(CannotEnrol) as refused:
        enrol(session, "Ana")
    assert refused.value.reason == Refusal.NOT_YET


def test_after_the_season_it_is_closed(client: Client) -> None:
    session = group(season={"closes_on": clock.today() - DAY})
    told = page(client)
    assert "enrolment closed" in told
    assert "Sign-up is possible" not in told
    with pytest.raises(CannotEnrol) as refused:
        enrol(session, "Ana")
    assert refused.value.reason == Refusal.CLOSED


@pytest.mark.parametrize("season", [{"opens_on": "today"}, {"closes_on": "today"}, {}], ids=["first day", "last day", "always"])
def test_within_the_season_one_enrols(season: dict[str, str]) -> None:
    session = group(season=dict.fromkeys(season, clock.today()))
    assert enrol(session, "Ana").status == EnrolmentStatus.CONFIRMED


def test_by_invitation_the_form_is_reached_by_its_link_only(client: Client) -> None:
    session = group(season={"is_by_invitation": True})
    form = reverse("trainings:enrol", args=[session.reference])
    told = page(client)
    assert "by invitation" in told
    assert form not in told
    assert client.get(form).status_code == 200


def test_drafts_and_what_is_over_are_not_told(client: Client) -> None:
    group(status=SessionStatus.DRAFT, title="Not yet told")
    over = {"first_day": clock.today() - 300 * DAY, "last_day": clock.today() - DAY}
    group(season=over, title="Long ago")
    told = page(client)
    assert "Not yet told" not in told
    assert "Long ago" not in told
    assert "No group is announced" in told


def test_each_audience_has_its_place(client: Client) -> None:
    for audience in Audience:
        group(season={"audience": audience})
    told = page(client)
    assert all(f'id="{audience}"' in told for audience in Audience)


def test_the_page_costs_the_same_with_many_groups(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client)
        return len(found)

    def add() -> None:
        session = group(meetings=0)
        for week in range(2):
            MeetingFactory(session=session, starts_at=timezone.now() + (week + 1) * DAY, host=OrganisationFactory())
        enrol(session, f"P{session.pk}")

    add()
    queries()  # what is kept in memory is read once
    few = queries()
    for _number in range(3):
        add()
    assert queries() == few


def test_the_form_asks_for_the_care_zone_where_the_cycle_does(client: Client) -> None:
    asking = group(season={"asks_care_zone": True})
    assert 'name="care_zone"' in client.get(reverse("trainings:enrol", args=[asking.reference])).content.decode()
    assert 'name="care_zone"' not in client.get(reverse("trainings:enrol", args=[group().reference])).content.decode()


def test_a_sector_has_its_share_until_a_day_and_the_others_come_in() -> None:
    homeless, mental = SectorFactory(), SectorFactory()
    session = group(capacity=4, most_per_sector=1, most_until=clock.today() + 5 * DAY)
    assert enrol(session, "Ana", sector=homeless).status == EnrolmentStatus.CONFIRMED
    second = enrol(session, "Eva", sector=homeless)
    assert second.status == EnrolmentStatus.WAITING
    assert enrol(session, "Lou", sector=mental).status == EnrolmentStatus.CONFIRMED
    # Whose sector is unknown takes no sector's share.
    assert [enrol(session, name).status for name in ("Noa", "Sam")] == [EnrolmentStatus.CONFIRMED] * 2
    session.refresh_from_db()
    assert session.enrolments.waiting().get() == second


def test_after_that_day_nobody_asks_for_the_sector() -> None:
    homeless = SectorFactory()
    session = group(most_per_sector=1, most_until=clock.today() - DAY)
    assert {enrol(session, name, sector=homeless).status for name in ("Ana", "Eva")} == {EnrolmentStatus.CONFIRMED}


def test_a_care_zone_has_its_share_and_another_zone_opens_a_seat() -> None:
    session = group(most_per_zone=1, most_until=clock.today() + 5 * DAY, freed_seats="confirm")
    enrol(session, "Ana", care_zone=CareZone.NORTH)
    second = enrol(session, "Eva", care_zone=CareZone.NORTH)
    assert second.status == EnrolmentStatus.WAITING
    change_enrolment(enrolment=second, changes=EnrolmentChanges(name="Eva", care_zone=CareZone.SOUTH), now=timezone.now())
    second.refresh_from_db()
    assert (second.status, second.care_zone) == (EnrolmentStatus.CONFIRMED, CareZone.SOUTH)
