"""What a session needs before it is published."""

import datetime

import pytest
from django.utils import timezone

from tests.core.factories import UserFactory
from tests.trainings.factories import MeetingFactory, ModuleFactory, SessionFactory, TrainerFactory, make_sheets
from trainings.enums import Delivery, Format, SessionKind, SessionStatus
from trainings.models import Session
from trainings.planning import sessions as planning
from trainings.planning.publish_checks import Lack, lacks_of
from trainings.planning.sessions import CannotChangeSession, SessionRefusal, publish_session

pytestmark = pytest.mark.django_db


def draft(**facts: object) -> Session:
    session: Session = SessionFactory(status=SessionStatus.DRAFT, **facts)
    return session


def complete() -> Session:
    session = draft()
    make_sheets(session.module)
    session.trainers.add(TrainerFactory())
    return session


def lacks(session: Session) -> list[Lack]:
    return lacks_of(Session.objects.get(pk=session.pk), now=timezone.now())


def test_nothing_is_missing_of_a_complete_session() -> None:
    assert lacks(complete()) == []


def test_each_gap_is_found() -> None:
    session = complete()
    session.trainers.clear()
    assert lacks(session) == [Lack.NO_TRAINER]
    session.module.pages.get(locale__language_code="fr").unpublish()
    assert lacks(session) == [Lack.NO_TRAINER, Lack.NO_PAGE]
    Session.objects.update(venue=None)
    assert lacks(session) == [Lack.NO_VENUE, Lack.NO_TRAINER, Lack.NO_PAGE]
    Session.objects.update(delivery=Delivery.ONLINE)
    assert lacks(session) == [Lack.NO_LINK, Lack.NO_TRAINER, Lack.NO_PAGE]
    session.meetings.all().delete()
    assert lacks(session)[0] == Lack.NO_MEETING


def test_a_session_in_house_needs_no_page_and_may_be_for_a_team() -> None:
    session = draft(module=ModuleFactory(format=Format.TEAM), kind=SessionKind.IN_HOUSE_TRAINING)
    assert lacks(session) == [Lack.NO_TRAINER]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"venue": None}, SessionRefusal.NO_VENUE),
        ({"venue": None, "delivery": Delivery.HYBRID}, SessionRefusal.NO_VENUE),
        ({"module__format": Format.TEAM}, SessionRefusal.TEAM_MODULE),
        ({"meetings": 0}, SessionRefusal.NO_MEETING),
        ({"first_meeting_at": timezone.now() - datetime.timedelta(days=2)}, SessionRefusal.PAST),
    ],
)
def test_what_nobody_could_attend_is_not_published(facts: dict[str, object], reason: SessionRefusal) -> None:
    session = draft(**facts)
    with pytest.raises(CannotChangeSession) as refusal:
        publish_session(session=session, now=timezone.now(), by=UserFactory())
    assert refusal.value.reason == reason
    session.refresh_from_db()
    assert session.status == SessionStatus.DRAFT


@pytest.mark.control
def test_control_without_its_checks_a_session_without_a_place_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "BLOCKING", frozenset())
    session = draft(venue=None)
    assert publish_session(session=session, now=timezone.now(), by=UserFactory()).status == SessionStatus.PUBLISHED


def test_what_may_follow_later_does_not_hold_it_back() -> None:
    session = draft(delivery=Delivery.ONLINE, venue=None)
    assert publish_session(session=session, now=timezone.now(), by=UserFactory()).status == SessionStatus.PUBLISHED


def test_a_closed_session_opens_again_after_it_began() -> None:
    session = SessionFactory(status=SessionStatus.CLOSED, first_meeting_at=timezone.now() - datetime.timedelta(hours=1))
    MeetingFactory(session=session, starts_at=timezone.now() + datetime.timedelta(days=7))
    assert publish_session(session=session, now=timezone.now(), by=UserFactory()).status == SessionStatus.PUBLISHED
