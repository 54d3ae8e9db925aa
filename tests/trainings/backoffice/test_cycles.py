"""Cycles in the admin: the page of one, its copy, and who may."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.blocks.own_urls import in_readers_language
from tests.core.factories import OrganisationFactory
from tests.trainings.factories import AttendanceFactory, CycleFactory, EnrolmentFactory, MeetingFactory, SessionFactory, TrainerFactory
from trainings.enums import SessionKind
from trainings.models import Cycle, Session
from trainings.trainers.pairs import PairWarning, warnings_of

pytestmark = pytest.mark.django_db


def group(**facts: Any) -> Session:
    return SessionFactory(**({"kind": SessionKind.INTERVISION, "module": None, "title": "Nord"} | facts))  # type: ignore[no-any-return]


def test_a_cycle_shows_its_groups_with_hosts_and_presence(coordinator: Client) -> None:
    cycle = CycleFactory(name_en="Example of intervisions")
    session = group(cycle=cycle, meetings=0)
    past = timezone.now() - datetime.timedelta(days=3)
    MeetingFactory(session=session, starts_at=past, roll_closed_at=past, host=OrganisationFactory(name_fr="Maison d’exemple"))
    for _number in range(3):
        AttendanceFactory(enrolment=EnrolmentFactory(session=session))
    told = coordinator.get(reverse("trainings_cycles:inspect", args=[cycle.pk])).content.decode()
    for words in ("Example of intervisions", "Nord", "Maison d’exemple", "3/14", "3.0"):
        assert words in told
    assert reverse("trainings_backoffice:copy_cycle", args=[cycle.pk]) in told


def test_the_copy_is_asked_then_made_and_shown(coordinator: Client) -> None:
    cycle = CycleFactory(name_fr="Intervisions 2025-2026")
    group(cycle=cycle)
    url = reverse("trainings_backoffice:copy_cycle", args=[cycle.pk])
    coordinator.get(url)
    assert Cycle.objects.count() == 1
    answer = coordinator.post(url)
    copy = Cycle.objects.get(name_fr="Intervisions 2026-2027")
    assert answer["Location"] == reverse("trainings_cycles:inspect", args=[copy.pk])
    again = coordinator.post(url, follow=True).content.decode()
    assert "is there already" in again
    assert Cycle.objects.count() == 2


def test_a_group_is_added_from_the_page_of_its_cycle(coordinator: Client) -> None:
    cycle = CycleFactory(kind=SessionKind.EXCHANGE_TABLE)
    form = coordinator.get(f"{reverse('trainings_sessions:add')}?cycle={cycle.pk}").context["form"]
    assert (form.instance.cycle, form.instance.kind) == (cycle, SessionKind.EXCHANGE_TABLE)


@pytest.mark.parametrize(
    ("strengths", "is_warned"),
    [
        ((["social_work"], ["housing", "groups"]), True),
        ((["mental_health"], ["addiction"]), True),
        ((["social_work"], ["mental_health"]), False),
        ((["experience"], ["addiction"]), False),
    ],
    ids=["both social", "both health", "one of each", "not known of one"],
)
def test_two_facilitators_of_one_side_are_warned_about(strengths: tuple[list[str], ...], is_warned: bool) -> None:
    session = group()
    session.trainers.set([TrainerFactory(strengths=each) for each in strengths])
    assert (PairWarning.ONE_SIDE in {each.warning for each in warnings_of(session)}) is is_warned


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_copied_url_of_the_site_leads_to_the_readers_language(language: str) -> None:
    with translation.override("fr"):
        copied = f"http://testserver{reverse('trainings:cycles')}#professionals"
    with translation.override(language):
        assert in_readers_language(copied) == f"{reverse('trainings:cycles')}#professionals"
        for others in ("https://example.org/fr/groupes/", "http://testserver/fr/no-such-view", "http://testserver/", ""):
            assert in_readers_language(others) == others
