"""The roll call in the hand: a phone of 375 px, with JavaScript and without."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.trainings.backoffice.phone import line, open_roll
from trainings.enums import EnrolmentStatus
from trainings.models import Attendance, Meeting

pytestmark = pytest.mark.browser


def test_each_tap_is_saved_and_a_second_tap_takes_it_back(roll: Page, meeting: Meeting) -> None:
    line(roll, 0).get_by_label("present").tap()
    expect(line(roll, 0).get_by_role("status")).to_have_text("saved")
    expect(roll.locator('[data-smes-count="present"]')).to_have_text("1")
    assert Attendance.objects.get().status == "present"
    line(roll, 0).get_by_label("present").tap()
    expect(line(roll, 0).get_by_role("status")).to_have_text("mark taken away")
    assert not Attendance.objects.exists()
    assert roll.complaints == []  # type: ignore[attr-defined]


def test_fifteen_people_are_marked_in_fifteen_taps(roll: Page, meeting: Meeting) -> None:
    for number in range(15):
        line(roll, number).get_by_label("present").tap()
    expect(roll.locator('[data-smes-count="unmarked"]')).to_have_text("0")
    assert Attendance.objects.filter(meeting=meeting, status="present").count() == 15


def test_an_answer_that_comes_late_does_not_turn_the_figures_back(roll: Page) -> None:
    held = []

    def hold_the_first(route: Route) -> None:
        answer = route.fetch()
        if held:
            route.fulfill(response=answer)
        else:
            held.append((route, answer))

    roll.route("**/mark/", hold_the_first)
    line(roll, 0).get_by_label("present").tap()
    expect(line(roll, 0).get_by_role("status")).to_have_text("saving…")
    line(roll, 1).get_by_label("present").tap()
    expect(line(roll, 1).get_by_role("status")).to_have_text("saved")
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(line(roll, 0).get_by_role("status")).to_have_text("saved")
    expect(roll.locator('[data-smes-count="present"]')).to_have_text("2")
    expect(roll.locator('[data-smes-count="unmarked"]')).to_have_text("13")


def test_a_tick_that_is_refused_says_so_and_goes_back(roll: Page, meeting: Meeting) -> None:
    gone = meeting.session.enrolments.get(name="Personne 00")
    gone.status = EnrolmentStatus.CANCELLED
    gone.save()
    line(roll, 0).get_by_label("absent").tap()
    expect(line(roll, 0).get_by_role("status")).to_contain_text("not saved. Tap again.")
    expect(line(roll, 0).get_by_label("absent")).not_to_be_checked()
    expect(roll.locator('[data-smes-count="unmarked"]')).to_have_text("15")


def test_fingers_have_room_and_nothing_sticks_out(roll: Page) -> None:
    sizes = roll.evaluate(
        """[...document.querySelectorAll('.roll-call__choice, .roll-call a, .roll-call button:not([hidden])')]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.width).map((box) => Math.min(box.width, box.height))"""
    )
    assert len(sizes) > 60
    assert min(sizes) >= 44
    assert roll.evaluate("document.documentElement.scrollWidth") <= 375


def test_no_icon_fills_its_button(roll: Page) -> None:
    button = roll.locator(".roll-call__links .button", has=roll.locator(".icon")).first
    icon, whole = button.locator(".icon").bounding_box(), button.bounding_box()
    assert icon
    assert whole
    assert max(icon["width"], icon["height"]) <= 20
    assert whole["width"] - icon["width"] > 100, "room for its words"


def test_who_came_late_is_asked_for_minutes(roll: Page) -> None:
    minutes = line(roll, 0).get_by_label("Minutes attended")
    expect(minutes).to_be_hidden()
    line(roll, 0).get_by_label("late").tap()
    expect(line(roll, 0).get_by_role("status")).to_have_text("saved")
    minutes.fill("90")
    with roll.expect_response("**/mark/"):
        minutes.press("Tab")
    roll.reload()
    expect(line(roll, 0).get_by_label("Minutes attended")).to_have_value("90")
    line(roll, 0).get_by_label("present").tap()
    expect(line(roll, 0).get_by_label("Minutes attended")).to_be_hidden()
    expect(line(roll, 0).get_by_role("status")).to_have_text("saved")


def test_the_keyboard_is_enough(roll: Page) -> None:
    line(roll, 0).get_by_label("present").focus()
    roll.keyboard.press("ArrowRight")
    expect(line(roll, 0).get_by_label("late")).to_be_checked()
    expect(line(roll, 0).get_by_role("status")).to_have_text("saved")
    roll.keyboard.press("Space")
    expect(line(roll, 0).get_by_role("status")).to_have_text("mark taken away")


def test_without_javascript_one_button_saves_all(browser: Browser, server: LiveServer, user: User, meeting: Meeting) -> None:
    page = open_roll(browser, server, user, meeting, java_script_enabled=False)
    line(page, 0).get_by_label("present").check()
    line(page, 1).get_by_label("excused").check()
    page.get_by_role("button", name="Save the roll call").click()
    expect(page.get_by_text("2 presences saved.")).to_be_visible()
    assert dict(Attendance.objects.values_list("enrolment__name", "status")) == {"Personne 00": "present", "Personne 01": "excused"}
    page.context.close()


def test_no_line_moves_from_under_the_finger(roll: Page) -> None:
    """What appears while she taps (kept on this device, not yet sent) has its place, or lies over the foot of the screen."""
    tops = "[...document.querySelectorAll('[data-smes-line], .roll-call__links')].map((each) => each.getBoundingClientRect().top + scrollY)"
    kept = roll.locator("[data-smes-kept]")
    expect(kept).to_be_visible()
    after = roll.evaluate(tops)
    kept.evaluate("each => { delete each.dataset.kept }")  # as before it was kept
    expect(kept).to_be_hidden()
    assert roll.evaluate(tops) == after
    roll.route("**/mark/", lambda route: route.abort())
    line(roll, 0).get_by_label("present").tap()
    expect(roll.locator("[data-smes-waiting]")).to_be_in_viewport()
    assert roll.evaluate(tops) == after


def test_a_tap_before_the_script_has_come_is_saved_too(
    browser: Browser,
    server: LiveServer,
    user: User,
    meeting: Meeting,
) -> None:
    held: list[Route] = []
    page = open_roll(browser, server, user, meeting, service_workers="block")
    page.route("**/roll_call*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    line(page, 0).get_by_label("present").evaluate("each => each.click()")
    assert held
    for route in held:
        route.continue_()
    expect(line(page, 0).get_by_role("status")).to_have_text("saved")
    assert Attendance.objects.get().status == "present"
    page.context.close()
