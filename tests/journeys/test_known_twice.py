"""A coordinator finds two people who are one, merges them, finds out that they are two after all, and undoes it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from core.models import KeptApart, Merge
from tests.databases import committing
from tests.journeys.variants import two_languages
from tests.trainings.factories import EnrolmentFactory, ParticipantFactory
from trainings.models import Enrolment, Participant

pytestmark = pytest.mark.browser


@pytest.fixture
def merges_are_forgotten(committed: None) -> Iterator[None]:
    with committing(Merge, KeptApart):
        yield


@two_languages
@pytest.mark.usefixtures("merges_are_forgotten")
def test_two_people_are_merged_and_two_again(enter: Callable[..., Page], language: str, javascript: bool) -> None:
    kept = ParticipantFactory(name="Élise Maes", email="elise@example.org")
    removed = ParticipantFactory(name="Maes Elise", email="em@example.com")
    own, other = EnrolmentFactory(participant=kept), EnrolmentFactory(participant=removed)
    page = enter("Coordinator", language, javascript=javascript)

    page.goto("/admin/trainings/participants/")
    page.locator("a[href$='/known-twice/']").first.click()
    page.get_by_role("link", name=re.compile("Élise Maes")).click()
    table = page.locator(".smes-side-by-side")
    expect(table).to_contain_text("elise@example.org")
    expect(table).to_contain_text("em@example.com")
    page.get_by_role("radio", name=re.compile("elise@example.org")).check()
    page.locator("form button.serious").click()
    expect(page.locator(".messages")).to_be_visible()
    assert set(Enrolment.objects.filter(participant=kept)) == {own, other}
    assert not Participant.objects.filter(pk=removed.pk).exists()

    page.locator("a[href*='/known-twice/undo/']").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()
    assert dict(Enrolment.objects.values_list("pk", "participant")) == {own.pk: kept.pk, other.pk: removed.pk}

    page.get_by_role("link", name=re.compile("Élise Maes")).first.click()
    page.locator("form[action$='/apart/'] button").click()
    expect(page.locator("a[href*='/known-twice/']", has_text="↔")).to_have_count(0)
