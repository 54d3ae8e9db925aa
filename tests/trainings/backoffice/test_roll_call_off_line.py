"""The roll call in a basement: no network, a second trainer, and nothing is lost when both come up again."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.core.people import browser_of
from tests.trainings.backoffice.test_roll_call_in_browser import line, meeting, open_roll, server, user  # noqa: F401 (fixtures)
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, AttendanceMark, Meeting, Trainer

pytestmark = pytest.mark.browser

WAITING = "[data-smes-waiting]"


@pytest.fixture
def phone(browser: Browser, server: LiveServer, user: User, meeting: Meeting) -> Iterator[Page]:  # noqa: F811
    """The roll call on a phone that has kept it."""
    page = open_roll(browser, server, user, meeting)
    expect(page.get_by_text("Kept on this device: this page works without network today.")).to_be_visible()
    yield page
    page.context.close()


def marks() -> dict[str, str]:
    return dict(Attendance.objects.order_by("enrolment__name").values_list("enrolment__name", "status"))


def test_marks_made_off_line_survive_a_reload_and_are_merged(phone: Page, meeting: Meeting, user: User) -> None:  # noqa: F811
    phone.context.set_offline(True)
    line(phone, 0).get_by_label("present").tap()
    line(phone, 1).get_by_label("late").tap()
    line(phone, 2).get_by_label("absent").tap()
    expect(phone.locator(WAITING)).to_have_text("3 marks not yet sent. They leave by themselves when there is network.")
    expect(line(phone, 0).get_by_role("status")).to_have_text("kept on this device, not yet sent")

    phone.reload()
    expect(phone.get_by_role("heading", name=meeting.session.name, exact=True)).to_be_visible()
    expect(phone.locator(WAITING)).to_contain_text("3 marks not yet sent.")
    expect(line(phone, 0).get_by_label("present")).to_be_checked()
    assert marks() == {}

    # Meanwhile a colleague, upstairs with network, notes two others and one of the same people.
    colleague = browser_of(user)
    tick = {"enrolment": "", "seen": "", "id": ""}
    for name, status in {"Personne 02": "present", "Personne 03": "present", "Personne 04": "excused"}.items():
        tick |= {"enrolment": meeting.session.enrolments.get(name=name).pk, "status": status}
        assert colleague.post(f"/admin/trainings/meetings/{meeting.pk}/mark/", tick).status_code == 200

    phone.context.set_offline(False)
    expect(phone.locator(WAITING)).to_be_hidden()
    expect(line(phone, 2).get_by_role("status")).to_contain_text("Noted differently meanwhile: present")
    assert marks() == {
        "Personne 00": "present",
        "Personne 01": "late",
        "Personne 02": "present",
        "Personne 03": "present",
        "Personne 04": "excused",
    }
    phone.reload()
    conflict = phone.locator(".roll-call__conflict")
    expect(conflict).to_contain_text("Personne 02")
    conflict.get_by_role("button", name="absent").click()
    expect(conflict).to_have_count(0)
    assert marks()["Personne 02"] == "absent"


def test_an_answer_that_never_came_is_asked_again_and_counts_once(phone: Page, meeting: Meeting) -> None:  # noqa: F811
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


def test_marks_wait_until_the_trainer_has_logged_in_again(phone: Page, meeting: Meeting) -> None:  # noqa: F811
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    line(phone, 0).get_by_label("present").tap()
    expect(phone.locator(WAITING)).to_contain_text("Log in again, then open this page: they are sent.")
    phone.context.add_cookies(cookies)
    phone.reload()
    expect(phone.locator(WAITING)).to_be_hidden()
    assert marks() == {"Personne 00": "present"}


def test_whoever_is_logged_out_leaves_no_names_on_the_device(phone: Page, meeting: Meeting) -> None:  # noqa: F811
    phone.context.clear_cookies()
    phone.reload()
    kept = phone.evaluate("""async () => (await (await caches.open("smes-roll-call")).keys()).map((each) => each.url)""")
    assert not [url for url in kept if url.endswith("/roll-call/")]
    assert Trainer.objects.exists()
