"""The dashboard: what comes next, and what waits for somebody."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.models import Trainer

pytestmark = pytest.mark.django_db

HOME = "/admin/"
YESTERDAY = datetime.timedelta(days=-1)


def panel(client: Client) -> str:
    return client.get(HOME).content.decode().partition('id="trainings')[2]


def test_a_coordinator_sees_what_comes_and_what_waits(coordinator: Client) -> None:
    coming, claimed = SessionFactory(capacity=15), SessionFactory(capacity=3)
    EnrolmentFactory(session=coming)
    EnrolmentFactory(session=claimed, is_waiting=True)
    past = SessionFactory(first_meeting_at=timezone.now() + YESTERDAY)
    html = panel(coordinator)
    assert "1/15" in html
    assert reverse("trainings_backoffice:roll_call", args=[past.meetings.get().pk]) in html
    assert f"{reverse('trainings_enrolments:index')}?session={claimed.pk}&amp;status=waiting" in html
    assert "3 seats free" in html


def test_each_heading_leads_to_a_filtered_listing(coordinator: Client) -> None:
    SessionFactory(first_meeting_at=timezone.now() + YESTERDAY)
    EnrolmentFactory(is_waiting=True)
    listing = reverse("trainings_sessions:index")
    html = panel(coordinator)
    for query in ("?period=upcoming", "?rolls=due", "?period=upcoming&amp;seats=claimed"):
        assert f"{listing}{query}" in html


def test_a_trainer_sees_her_own_and_nobody_waiting(as_trainer: Client, trainer: Trainer) -> None:
    own, other = SessionFactory(), SessionFactory()
    own.trainers.add(trainer)
    EnrolmentFactory(session=own, is_waiting=True)
    html = panel(as_trainer)
    assert own.module.name in html
    assert other.module.name not in html
    assert "People waiting" not in html


@time_machine.travel("2026-12-07T07:00:00Z", tick=False)
def test_the_roll_of_today_is_there_before_the_first_person_comes_in(trainer: Trainer) -> None:
    assert trainer.user is not None
    as_trainer, now = browser_of(trainer.user), timezone.now()
    today, tomorrow = (SessionFactory(first_meeting_at=now + datetime.timedelta(hours=hours)) for hours in (2, 24))
    for session in (today, tomorrow):
        session.trainers.add(trainer)
    rolls = {session: reverse("trainings_backoffice:roll_call", args=[session.meetings.get().pk]) for session in (today, tomorrow)}
    html = panel(as_trainer)
    assert rolls[today] in html
    assert rolls[tomorrow] not in html
    listed = as_trainer.get(reverse("trainings_sessions:index"), {"rolls": "due"}).content.decode().partition('id="listing-results"')[2]
    assert today.reference in listed
    assert tomorrow.reference not in listed


def test_an_empty_list_says_what_to_do_next(coordinator: Client) -> None:
    assert "Publish a draft" in panel(coordinator)


def test_a_colleague_without_the_right_has_no_panel(db: None) -> None:
    SessionFactory()
    response = browser_of(member("Editors")).get(HOME)
    assert response.status_code == 200
    assert 'id="trainings' not in response.content.decode()


def test_it_asks_the_database_equally_often_with_many_sessions(coordinator: Client) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            EnrolmentFactory(is_waiting=True)
            SessionFactory(first_meeting_at=timezone.now() + YESTERDAY)

    fill(1)
    coordinator.get(HOME)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(HOME)
    fill(9)
    with CaptureQueriesContext(connection) as many:
        coordinator.get(HOME)
    assert len(many) == len(few)
