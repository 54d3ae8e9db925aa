"""The roll call in a basement: no network, a second trainer, and nothing is lost when both come up again."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.cable import Cable
from tests.core.people import browser_of
from tests.journeys.axe import run_axe
from tests.trainings.backoffice.phone import line, open_roll
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, AttendanceMark, CheckIn, Meeting, Trainer

pytestmark = pytest.mark.browser

WAITING = "[data-smes-waiting]"
# Our part of the screen: the rest is Wagtail's.
PARTS = {"include": ["#main"]}


def keep_roll(browser: Browser, server: LiveServer | Cable, user: User, meeting: Meeting, **context: Any) -> Page:
    """The roll call on a phone that has kept it."""
    page = open_roll(browser, server, user, meeting, **context)
    expect(page.locator("[data-smes-kept]")).to_be_visible()
    return page


@pytest.fixture
def phone(browser: Browser, server: LiveServer, user: User, meeting: Meeting) -> Iterator[Page]:
    page = keep_roll(browser, server, user, meeting)
    yield page
    page.context.close()


@pytest.fixture
def cable(server: LiveServer) -> Iterator[Cable]:
    cable = Cable(server.url)
    yield cable
    cable.close()


@pytest.fixture
def french(browser: Browser, cable: Cable, user: User, meeting: Meeting) -> Iterator[Page]:
    page = keep_roll(browser, cable, user, meeting, locale="fr-BE")
    yield page
    page.context.close()


def marks() -> dict[str, str]:
    return dict(Attendance.objects.order_by("enrolment__name").values_list("enrolment__name", "status"))


def test_marks_made_off_line_survive_a_reload_and_are_merged(french: Page, cable: Cable, meeting: Meeting, user: User) -> None:
    cable.is_out = True
    french.context.set_offline(True)
    line(french, 0).get_by_label("présent·e").tap()
    line(french, 1).get_by_label("en retard").tap()
    line(french, 2).get_by_label("absent·e").tap()
    expect(french.locator(WAITING)).to_have_text("3 présences pas encore envoyées. Elles partent d’elles-mêmes dès qu’il y a du réseau.")
    expect(line(french, 0).get_by_role("status")).to_have_text("gardé sur cet appareil, pas encore envoyé")

    french.reload()
    expect(french.get_by_role("heading", name=meeting.session.name, exact=True)).to_be_visible()
    expect(french.locator(WAITING)).to_contain_text("3 présences pas encore envoyées.")
    expect(line(french, 0).get_by_label("présent·e")).to_be_checked()
    assert marks() == {}

    # Meanwhile a colleague, upstairs with network, notes two others and one of the same people.
    colleague = browser_of(user)
    tick = {"enrolment": "", "seen": "", "id": ""}
    for name, status in {"Personne 02": "present", "Personne 03": "present", "Personne 04": "excused"}.items():
        tick |= {"enrolment": meeting.session.enrolments.get(name=name).pk, "status": status}
        assert colleague.post(f"/admin/trainings/meetings/{meeting.pk}/mark/", tick).status_code == 200

    cable.is_out = False
    french.context.set_offline(False)
    expect(french.locator(WAITING)).to_be_hidden()
    expect(line(french, 2).get_by_role("status")).to_contain_text("Noté autrement entre-temps")
    assert marks() == {
        "Personne 00": "present",
        "Personne 01": "late",
        "Personne 02": "present",
        "Personne 03": "present",
        "Personne 04": "excused",
    }
    french.reload()
    assert run_axe(french, PARTS) == []
    conflict = french.locator(".roll-call__conflict")
    expect(conflict).to_contain_text("Personne 02")
    conflict.get_by_role("button", name="absent·e").click()
    expect(conflict).to_have_count(0)
    assert marks()["Personne 02"] == "absent"


def test_without_javascript_the_paper_sheet_is_typed_and_a_difference_decided(
    browser: Browser,
    server: LiveServer,
    user: User,
    meeting: Meeting,
) -> None:
    page = open_roll(browser, server, user, meeting, locale="nl-BE", java_script_enabled=False)
    page.get_by_role("link", name="De aanwezigheidslijst intypen").click()
    # Meanwhile a colleague ticks the second person.
    key = meeting.session.enrolments.get(name="Personne 01").pk
    browser_of(user).post(f"/admin/trainings/meetings/{meeting.pk}/mark/", {"enrolment": key, "status": "present", "seen": ""})
    page.get_by_label("Personne 00").focus()
    for keys in ("+", "-", "90"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="De aanwezigheden bewaren").click()
    assert marks() == {"Personne 00": "present", "Personne 01": "present", "Personne 02": "late"}
    conflict = page.locator(".roll-call__conflict")
    expect(conflict).to_contain_text("werd door twee collega’s anders genoteerd")
    conflict.get_by_role("button", name="afwezig").click()
    assert marks()["Personne 01"] == "absent"
    page.context.close()


def test_enter_leads_to_the_next_person_and_axe_finds_nothing(roll: Page, meeting: Meeting) -> None:
    meeting.session.check_in = CheckIn.SCREEN
    meeting.session.save()
    roll.goto(roll.url.replace("roll-call", "paper"))
    for keys in ("+", "45"):
        roll.keyboard.type(keys)
        roll.keyboard.press("Enter")
    expect(roll.get_by_label("Personne 02")).to_be_focused()
    assert run_axe(roll, PARTS) == []
    roll.goto(roll.url.replace("paper", "check-in-code"))
    expect(roll.locator(".check-in-code svg")).to_be_visible()
    assert run_axe(roll, PARTS) == []


def test_an_answer_that_never_came_is_asked_again_and_counts_once(phone: Page, meeting: Meeting) -> None:
    def lose_the_answer(route: Any) -> None:
        route.fetch()  # the server has it
        route.abort()  # the phone does not know

    phone.route("**/mark/", lose_the_answer, times=1)
    line(phone, 0).get_by_label("present").tap()
    expect(phone.locator(WAITING)).to_contain_text("1 mark not yet sent.")
    # A colleague corrects it before the phone asks again: the correction stands.
    Attendance.objects.update(status=AttendanceStatus.EXCUSED, minutes=0)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.locator(WAITING)).to_be_hidden()
    assert AttendanceMark.objects.count() == 1
    assert marks() == {"Personne 00": "excused"}


def test_marks_wait_until_the_trainer_has_logged_in_again(phone: Page, meeting: Meeting) -> None:
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    line(phone, 0).get_by_label("present").tap()
    expect(phone.locator(WAITING)).to_contain_text("Log in again, then open this page: they are sent.")
    phone.context.add_cookies(cookies)
    phone.reload()
    expect(phone.locator(WAITING)).to_be_hidden()
    assert marks() == {"Personne 00": "present"}


def test_whoever_is_logged_out_leaves_no_names_on_the_device(phone: Page, meeting: Meeting) -> None:
    phone.context.clear_cookies()
    phone.reload()
    kept = phone.evaluate("""async () => (await (await caches.open("smes-roll-call")).keys()).map((each) => each.url)""")
    assert not [url for url in kept if url.endswith("/roll-call/")]
    assert Trainer.objects.exists()
