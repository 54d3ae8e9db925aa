"""An offer a minute before and a minute after midnight, and three colleagues of whom one is replaced."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from tests.journeys.axe import faults
from tests.journeys.variants import two_languages
from tests.trainings.enrolment.groups import CONTACT
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, status_of
from tests.trainings.factories import SessionFactory
from tests.trainings.mail import kinds_to, links_in, mails_to
from trainings.enrolment.cancel import cancel_enrolment
from trainings.models import Enrolment

pytestmark = pytest.mark.browser

OpenHere = Callable[[str, bool], Page]
PHONE = {"width": 375, "height": 740}
WORDS = {
    "fr": {"seat": "Vous êtes inscrit", "over": "Cette proposition est terminée", "waits": "liste d’attente", "has": "a une place"},
    "nl": {"seat": "U bent ingeschreven", "over": "Dit aanbod is voorbij", "waits": "wachtlijst", "has": "heeft een plaats"},
}


@pytest.fixture
def open_here(browser: Browser, server: LiveServer) -> Iterator[OpenHere]:
    """`open_here("fr", True)`: a phone, on the tests' own database."""

    def open_it(language: str, javascript: bool) -> Page:
        context = browser.new_context(base_url=server.url, viewport=PHONE, locale=f"{language}-BE", java_script_enabled=javascript)
        return context.new_page()

    yield open_it
    for context in browser.contexts:
        context.close()


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(moment))


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def press(page: Page) -> None:
    page.locator("main form button.button--primary, main form button.button--danger").first.click()


@dataclass(frozen=True)
class Midnight:
    """When a seat is freed, the last day to answer as both languages write it, and the day after."""

    freed: str
    last_day: str
    day_after: str
    shown: dict[str, str]


IN_WINTER = Midnight("2027-01-11 10:00", "2027-01-14", "2027-01-15", {"fr": "14 janvier 2027, 23", "nl": "14 januari 2027, 23"})
# The clock of Brussels goes forward on 28 March 2027 and back on 31 October 2027: those days have 23 and 25 hours.
SHORT_DAY = Midnight("2027-03-25 10:00", "2027-03-28", "2027-03-29", {"fr": "28 mars 2027, 23", "nl": "28 maart 2027, 23"})
LONG_DAY = Midnight("2027-10-28 10:00", "2027-10-31", "2027-11-01", {"fr": "31 octobre 2027, 23", "nl": "31 oktober 2027, 23"})


@pytest.mark.parametrize(
    ("language", "javascript", "midnight"),
    [
        pytest.param("fr", True, IN_WINTER, id="fr-with-js-in-winter"),
        pytest.param("nl", False, IN_WINTER, id="nl-without-js-in-winter"),
        pytest.param("fr", True, SHORT_DAY, id="fr-with-js-on-the-short-day"),
        pytest.param("nl", False, SHORT_DAY, id="nl-without-js-on-the-short-day"),
        pytest.param("fr", True, LONG_DAY, id="fr-with-js-on-the-long-day"),
        pytest.param("nl", False, LONG_DAY, id="nl-without-js-on-the-long-day"),
    ],
)
def test_an_offer_is_taken_at_a_minute_to_midnight_and_is_over_a_minute_past_it(
    open_here: OpenHere, monkeypatch: pytest.MonkeyPatch, language: str, javascript: bool, midnight: Midnight
) -> None:
    words, freed = WORDS[language], at(midnight.freed)
    _session, leaving, waiting = full_session(capacity=2, waiting=3, first_meeting_at=freed + datetime.timedelta(weeks=5))
    for enrolment in waiting:
        enrolment.language = language
        enrolment.save()
    for enrolment in leaving:
        cancel_enrolment(enrolment=enrolment, now=freed)
    first, second, third = waiting
    page = open_here(language, javascript)

    def accept_link(enrolment: Enrolment) -> str:
        with translation.override(language):
            wanted = reverse("trainings:accept_offer", args=[enrolment.token])
        return next(path_of(link) for link in links_in(mails_to(enrolment.email)[-1].text) if link.endswith(wanted))

    set_clock(monkeypatch, f"{midnight.last_day} 23:59")
    page.goto(accept_link(first))
    expect(page.locator("main")).to_contain_text(midnight.shown[language])
    press(page)
    expect(page.locator("h1")).to_contain_text(words["seat"])
    assert status_of(first) == "confirmed"

    set_clock(monkeypatch, f"{midnight.day_after} 00:01")
    page.goto(accept_link(second))
    expect(page.locator("h1")).to_contain_text(words["over"])
    press(page)
    expect(page.locator("h1")).to_contain_text(words["waits"])
    assert (status_of(second), status_of(third)) == ("waiting", "offered")


@two_languages
def test_three_colleagues_are_enrolled_and_one_is_replaced(
    open_here: OpenHere, monkeypatch: pytest.MonkeyPatch, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    session = SessionFactory(capacity=5, first_meeting_at=IN_FIVE_WEEKS)
    with translation.override(language):
        url = reverse("trainings:enrol_colleagues", args=[session.reference])
    page = open_here(language, javascript)
    page.goto(url)
    if javascript:
        assert faults(page) == {}
    page.locator("[name=name]").fill("Lou Exemple")
    page.locator("[name=email]").fill(CONTACT)
    for number in (1, 2):
        page.locator(f"[name=name_{number}]").fill(f"Alex {number}")
        page.locator(f"[name=email_{number}]").fill(f"alex{number}@example.org")
    press(page)
    expect(page.locator("h1")).to_contain_text(words["seat"])

    mail = mails_to(CONTACT)[-1]
    assert mail.text.count(words["has"]) == 3
    link = next(path_of(each) for each in links_in(mail.text) if "groupe" in each or "groep" in each)
    page.goto(link)
    if javascript:
        assert faults(page) == {}
    page.locator(".session-list li", has_text="Alex 2").locator("a.button").click()
    page.locator("[name=name]").fill("Noa Exemple")
    page.locator("[name=email]").fill("noa@example.org")
    press(page)
    expect(page.locator("[role=status]")).to_contain_text("Noa Exemple")
    expect(page.locator(".session-list li", has_text="Noa Exemple")).to_contain_text(words["has"])
    assert kinds_to("alex2@example.org") == ["enrolment_confirmed", "enrolment_cancelled"]
    assert kinds_to("noa@example.org") == ["enrolment_confirmed"]
    assert sorted(session.enrolments.confirmed().values_list("name", flat=True)) == ["Alex 1", "Lou Exemple", "Noa Exemple"]
