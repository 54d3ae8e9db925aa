"""How many times a coordinator clicks and a trainer taps for a day's work, in French and in Dutch, with the hours they would type."""

import datetime
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from core.models import OutgoingMail
from tests.journeys.conftest import PHONE
from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory, TrainerFactory, VenueFactory
from trainings.enums import SessionStatus
from trainings.models import Attendance, Enrolment, Meeting, Session

pytestmark = pytest.mark.browser

MOST_CLICKS = 10
MOST_SECONDS = 180
MOST_TAPS = 4
both_languages = pytest.mark.parametrize("language", ["fr", "nl"])


@dataclass
class Hand:
    """Counts what a person presses. Typing and the key that leads to the next field are not counted; a list one chooses from is."""

    page: Page
    presses: int = 0

    def click(self, what: str | Locator) -> None:
        (self.page.locator(what) if isinstance(what, str) else what).click()
        self.presses += 1

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"select[name={name}]").select_option(value)
        self.presses += 1

    def type(self, name: str, text: str) -> None:
        field = self.page.locator(f"[name={name}]")
        field.fill(text)
        field.press("Tab")
        expect(field).to_have_value(text)


def in_days(count: int, hour: str) -> str:
    """As it is typed: `19/01/2027 13h30`."""
    return f"{timezone.localdate() + datetime.timedelta(days=count):%d/%m/%Y} {hour}"


@both_languages
def test_a_session_of_two_half_days_is_planned_and_published(enter: Callable[..., Page], language: str) -> None:
    module, venue, trainer = ModuleFactory(name="Accueillir"), VenueFactory(), TrainerFactory()
    page = enter("Coordinator", language)
    hand, started = Hand(page), time.monotonic()

    hand.click(page.locator("main a[href$='/trainings/sessions/new/']"))
    hand.choose("module", str(module.pk))
    if language != "fr":
        hand.choose("language", language)
    for number, (begins, ends) in enumerate([("9h30", "12:30"), ("13.30", "16h30")]):
        hand.click("#id_meetings-ADD")
        hand.type(f"meetings-{number}-starts_at", in_days(30 + number, begins))
        hand.type(f"meetings-{number}-ends_at", in_days(30 + number, ends))
    hand.choose("venue", str(venue.pk))
    hand.click(page.locator("label", has_text=trainer.name))
    hand.click(page.locator("footer button[type=submit], .footer button[type=submit]").first)
    session = Session.objects.get()
    expect(page).to_have_url(re.compile(rf"/inspect/{session.pk}/|/{session.pk}/"))
    hand.click(".smes-next a.button")
    hand.click("main form button[type=submit]")

    expect(page.locator(".messages")).to_be_visible()
    session.refresh_from_db()
    assert session.status == SessionStatus.PUBLISHED
    hours = [f"{timezone.localtime(each.starts_at):%H:%M}" for each in session.meetings.all()]
    assert hours == ["09:30", "13:30"]
    assert hand.presses <= MOST_CLICKS
    assert time.monotonic() - started < MOST_SECONDS


@both_languages
def test_an_address_is_corrected(enter: Callable[..., Page], language: str) -> None:
    enrolment = EnrolmentFactory(participant__email="ana@gmial.com", language=language)
    page = enter("Coordinator", language)
    page.goto(f"/admin/trainings/enrolments/inspect/{enrolment.pk}/")
    hand = Hand(page)
    hand.click("a[href$='/email/']")
    hand.type("email", "ana@gmail.com")
    hand.click("main form button[type=submit]")
    expect(page.locator(".messages")).to_be_visible()
    assert Enrolment.objects.get().email == "ana@gmail.com"
    assert list(OutgoingMail.objects.values_list("to", "language")) == [("ana@gmail.com", language)]
    assert hand.presses <= MOST_CLICKS


@both_languages
def test_somebody_with_access_needs_is_moved_after_a_warning(enter: Callable[..., Page], language: str) -> None:
    enrolment = EnrolmentFactory(access_needs="fauteuil roulant")
    steps = SessionFactory(venue__is_step_free=False)
    page = enter("Coordinator", language)
    page.goto(f"/admin/trainings/enrolments/{enrolment.pk}/move/")
    hand = Hand(page)
    expect(page.locator(".smes-gaps")).to_be_visible()
    hand.choose("to_session", str(steps.pk))
    hand.click("main form button[type=submit]")
    expect(page.get_by_text(steps.venue.name).last).to_be_visible()
    assert Enrolment.objects.get().session != steps
    hand.click("[name=suits_access_needs]")
    hand.click("main form button[type=submit]")
    expect(page.locator(".messages")).to_be_visible()
    assert Enrolment.objects.get().session == steps
    assert hand.presses <= MOST_CLICKS


@both_languages
def test_a_trainer_goes_from_log_in_to_a_closed_roll(enter: Callable[..., Page], language: str) -> None:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(minutes=30))
    session.trainers.add(TrainerFactory())
    people = EnrolmentFactory.create_batch(5, session=session)
    page = enter("Trainer", language, phone=True)
    hand = Hand(page)
    hand.click(page.locator("main a.button[href*='/roll-call/']").first)
    for enrolment in people:
        line = page.get_by_role("group", name=enrolment.name)
        hand.click(line.locator("label.roll-call__choice", has=page.locator("[value=present]")))
        expect(line.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    hand.click("a[href$='/close-roll/']")
    hand.click("main form button[type=submit]")
    expect(page.locator(".messages")).to_be_visible()
    meeting = Meeting.objects.get()
    assert meeting.roll_closed_at is not None
    assert Attendance.objects.filter(status="present").count() == len(people)
    assert hand.presses + 1 <= MOST_TAPS + len(people), "the button of the log-in counts as well"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "trainings/sessions/",
        "trainings/sessions/new/",
        "trainings/enrolments/",
        "trainings/enrolments/new/",
        "trainings/participants/",
        "trainings/certificates/",
        "trainings/modules/",
        "trainings/modules/new/",
        "trainings/venues/",
        "trainings/venues/new/",
        "trainings/trainers/",
        "organisations/",
        "mails/",
    ],
)
def test_listings_and_forms_fit_a_phone(enter: Callable[..., Page], path: str) -> None:
    EnrolmentFactory.create_batch(3, session=SessionFactory(module__name="Un titre de travail assez long pour un petit écran"))
    page = enter("Coordinator", "fr", phone=True)
    page.goto(f"/admin/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    cut = page.evaluate(
        "[...document.querySelectorAll('main input, main select, main textarea, main button, main td')]"
        ".filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)"
        ".map((each) => each.outerHTML.slice(0, 120))"
    )
    assert cut == []


def test_the_picker_opens_by_its_button_in_quarter_hours_and_never_rewrites_what_was_typed(enter: Callable[..., Page]) -> None:
    ModuleFactory()
    page = enter("Coordinator", "fr")
    page.goto("/admin/trainings/sessions/new/")
    field = page.locator("[name=enrolment_closes_at]")
    field.click()
    field.fill("le 19 janvier")
    field.press("Tab")
    page.wait_for_timeout(300)
    expect(field).to_have_value("le 19 janvier")
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    field.fill("19/01/2027 13:30")
    page.locator(".smes-date", has=field).locator("button").click()
    picker = page.locator(".xdsoft_datetimepicker:visible")
    expect(picker).to_have_count(1)
    expect(picker.locator(".xdsoft_time", has_text="13:45")).to_have_count(1)
    picker.locator(".xdsoft_time", has_text="13:45").evaluate("(each) => each.click()")
    expect(field).to_have_value("19/01/2027 13:45")
