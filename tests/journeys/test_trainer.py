"""A trainer's day: her own page, what people need, the roll that is to do, her notes, and her calendar, which follows what changes."""

import datetime
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.trainings.factories import EnrolmentFactory, SessionFactory, TrainerFactory
from trainings.models import Meeting, Session

pytestmark = pytest.mark.browser

HOUR = datetime.timedelta(hours=1)
WORDS = {
    "fr": {"to_do": "présences à noter", "mine": "Mes sessions"},
    "nl": {"to_do": "aanwezigheden te noteren", "mine": "Mijn sessies"},
}


@pytest.mark.parametrize(("language", "phone"), [("fr", False), ("nl", True)], ids=["fr-on-a-desktop", "nl-on-a-phone"])
def test_from_log_in_to_her_calendar(enter: Callable[..., Page], server: LiveServer, language: str, phone: bool) -> None:
    words, trainer = WORDS[language], TrainerFactory()
    today = session_of(trainer, timezone.now() - HOUR, note_before="La clé est chez Alix.")
    later = session_of(trainer, timezone.now() + datetime.timedelta(days=9))
    EnrolmentFactory(session=today, name="Bilal Exemple", access_needs="boucle magnétique")
    EnrolmentFactory(session=SessionFactory(), name="Robin Ailleurs")

    page = enter("Trainer", language, phone=phone)
    page.locator("main").get_by_role("link", name=words["mine"]).click()
    hers = page.locator("main section", has_text=today.name)
    expect(hers).to_contain_text("boucle magnétique")
    expect(hers).to_contain_text("La clé est chez Alix.")
    expect(page.locator("main")).not_to_contain_text("Robin Ailleurs")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    roll = hers.get_by_role("listitem").filter(has_text=words["to_do"])
    roll.get_by_role("link").click()
    line = page.get_by_role("group", name="Bilal Exemple")
    line.locator("label.roll-call__choice", has=page.locator("[value=present]")).click()
    expect(line.get_by_role("status")).not_to_be_empty()
    page.locator("a[href$='/close-roll/']").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()

    page.goto("/admin/trainings/my-sessions/")
    expect(page.locator("main")).not_to_contain_text(words["to_do"])
    feed = page.locator("main a[href$='.ics']").get_attribute("href") or ""
    before = entries_of(server, feed)
    assert len(before) == 2
    Meeting.objects.filter(session=later).update(starts_at=later.starts + HOUR, ends_at=later.starts + 3 * HOUR)
    after = entries_of(server, feed)
    assert after.keys() == before.keys(), "what moves stays one entry"
    assert sum(after[uid] != before[uid] for uid in before) == 1


def session_of(trainer: object, at: datetime.datetime, **facts: object) -> Session:
    session: Session = SessionFactory(first_meeting_at=at, **facts)
    session.trainers.add(trainer)  # type: ignore[arg-type]
    return Session.objects.prefetch_related("meetings").get(pk=session.pk)


def entries_of(server: LiveServer, feed: str) -> dict[str, datetime.datetime]:
    """When each entry of her calendar begins, as the program on her telephone reads it: without being logged in."""
    answer = httpx.get(f"{server.url}{urlsplit(feed).path}")
    assert answer.status_code == 200
    return {str(each["uid"]): each.start for each in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
