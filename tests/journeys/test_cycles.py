"""An intervision season: last year's cycle is copied, a group opens, somebody signs up and comes, and the figures know it."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.figures.period import Period, Scope
from tests.journeys.steps import FILLED_IN
from tests.journeys.variants import two_languages
from tests.trainings.factories import CycleFactory, SessionFactory
from tests.trainings.figures.scenes import figure
from trainings.cycles.copy import SHIFT
from trainings.enums import SessionKind
from trainings.figures.intervisions import place_of
from trainings.models import Cycle, Enrolment, Meeting, Session

pytestmark = pytest.mark.browser

GROUPS = {"fr": "/fr/groupes/", "nl": "/nl/groepen/"}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def no_cycle_stays(committed: None) -> Iterator[None]:
    """What the test wrote is taken away row by row afterwards; a cycle stays as long as it has groups."""
    yield
    Session.objects.update(cycle=None)
    Cycle.objects.all().delete()


def last_year() -> Cycle:
    """A group that met a year ago, on a weekday that comes again in three weeks; sign-up opened at the beginning of this month."""
    opened = timezone.localdate().replace(day=1)
    opened = opened.replace(year=opened.year - 1)
    cycle: Cycle = CycleFactory(first_day=opened, last_day=opened + datetime.timedelta(days=250), opens_on=opened, asks_care_zone=True)
    meets = timezone.now() + datetime.timedelta(days=21) - SHIFT
    SessionFactory(cycle=cycle, kind=SessionKind.INTERVISION, module=None, title="Nord", first_meeting_at=meets)
    return cycle


def confirm(page: Page, path: str) -> None:
    """A screen of the back-office that asks, then its button."""
    page.goto(f"/admin/trainings/{path}/")
    page.locator("main form button[type=submit]").last.click()
    expect(page).not_to_have_url(re.compile(path))


@two_languages
@pytest.mark.usefixtures("no_cycle_stays")
def test_a_season_from_its_opening_to_its_figures(enter: Callable[..., Page], server: LiveServer, language: str, javascript: bool) -> None:
    old = last_year()
    page = enter("Coordinator", language, javascript=javascript)
    confirm(page, f"cycles/{old.pk}/copy")
    expect(page.locator("main")).to_contain_text("Nord")
    cycle = Cycle.objects.exclude(pk=old.pk).get()
    group = cycle.sessions.get()
    confirm(page, f"sessions/{group.pk}/publish")

    coordinators = page.context.cookies()
    page.context.clear_cookies()
    page.goto(GROUPS[language])
    page.locator("li", has_text="Nord").locator(".session__action a").click()
    page.locator("[name=name]").fill("Alix Exemple")
    page.locator("[name=email]").fill("alix@example.org")
    page.locator("[name=care_zone]").select_option("north")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    expect(page).not_to_have_url(re.compile(group.reference))
    page.context.clear_cookies()
    page.context.add_cookies(coordinators)  # type: ignore[arg-type]
    assert Enrolment.objects.get().care_zone == "north"

    meeting = group.meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - 2 * HOUR, ends_at=timezone.now() - HOUR)
    page.goto(f"/admin/trainings/meetings/{meeting.pk}/roll-call/")
    page.locator("form.roll-call__all button").click()
    expect(page.locator(".messages")).to_be_visible()
    confirm(page, f"meetings/{meeting.pk}/close-roll")
    page.goto(f"/admin/trainings/cycles/inspect/{cycle.pk}/")
    expect(page.locator("main")).to_contain_text("1,0")
    scope = Scope(Period(cycle.first_day, timezone.localdate() + datetime.timedelta(days=1)))
    told = [figure(f"interv_{name}", scope)[place_of(cycle, scope.period)] for name in ("groups", "participants", "meetings", "average")]
    assert told == [1, 1, 1, 1]
