"""Reading the map in a browser: by keyboard, without JavaScript, with a popup open; nothing asked of others, nothing heavy."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import run_axe
from tests.journeys.conftest import OpenPage
from tests.journeys.keyboard import Keyboard
from tests.journeys.map_page import HEAVIEST, map_ready, weights

pytestmark = pytest.mark.browser


def test_the_keyboard_alone_opens_a_place_from_the_map(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?q=eupen&view=map")
    map_ready(page)
    keys = Keyboard(page)
    keys.tab_to(".map-pin")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Gesprächskreis Ostbelgien, 4700 Eupen"
    keys.press("Enter")
    expect(page.locator(".leaflet-popup a[href*='ostbelgien']")).to_be_focused()
    assert page.locator(".leaflet-popup").get_attribute("role") == "dialog"
    keys.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(page.locator(".map-pin")).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".leaflet-popup a[href*='ostbelgien']")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Gesprächskreis Ostbelgien")


def test_a_cluster_speaks_the_language_and_comes_closer_on_enter(open_page: OpenPage) -> None:
    page = open_page("/nl/support/kaart-peerhulp/?view=map")
    map_ready(page)
    counts = page.locator(".map-pin").all_inner_texts()
    largest = str(max(int(count or 0) for count in counts))
    cluster = page.get_by_text(largest, exact=True).and_(page.locator(".map-pin"))
    assert str(cluster.get_attribute("aria-label")).startswith(f"{largest} plekken hier, inzoomen")
    keys = Keyboard(page)
    keys.tab_to(cluster)
    keys.press("Enter")
    expect(cluster).to_have_count(0)
    page.wait_for_timeout(600)
    assert page.evaluate("document.activeElement.classList.contains('map-pin')"), "the focus stays on the map"


def test_names_of_markers_are_unique_and_buttons_move_the_map(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?view=map")
    map_ready(page)
    names = page.locator(".map-pin").evaluate_all("pins => pins.map(pin => pin.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) > 8
    assert all(role == "button" for role in page.locator(".map-pin").evaluate_all("pins => pins.map(pin => pin.getAttribute('role'))"))
    before = page.locator(".map-pin").count()
    page.locator("[data-smes-move=brussels]").click()
    page.wait_for_timeout(800)
    assert page.locator(".map-pin").count() > 5
    assert page.locator(".map-name--commune").first.inner_text()
    page.locator("[data-smes-move=belgium]").click()
    page.wait_for_timeout(800)
    assert page.locator(".map-pin").count() == before


def test_the_wheel_scrolls_the_page_and_not_the_map(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?view=map")
    map_ready(page)
    page.locator(".place-map__canvas").scroll_into_view_if_needed()
    pins = page.locator(".map-pin").count()
    top = page.evaluate("scrollY")
    box = page.locator(".place-map__canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") > top
    assert page.locator(".map-pin").count() == pins


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_with_a_popup_open(open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?q=eupen&view=map", phone=phone, dark=dark)
    map_ready(page)
    page.locator(".map-pin").first.click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.wait_for_timeout(500)
    assert run_axe(page) == []


def test_a_choice_in_the_list_changes_the_map(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?view=map")
    map_ready(page)
    page.locator("#region-02000").check()
    expect(page.locator(".place-row")).to_have_count(10)
    page.wait_for_timeout(800)
    counted = page.locator(".map-pin").evaluate_all("pins => pins.reduce((sum, pin) => sum + (Number(pin.textContent) || 1), 0)")
    assert counted == 10


def test_without_javascript_the_server_draws_the_map(open_page: OpenPage) -> None:
    page = open_page("/en/support/peer-support-map/?view=map", javascript=False)
    assert page.locator(".belgium circle").count() > 8
    assert page.locator(".place-map__tools").first.is_hidden()


def test_the_map_is_light_and_loads_after_the_list_and_only_in_sight(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    own = weights(page, "/fr/support/carte-pair-aidance/")
    assert len(own) >= 5
    assert sum(own.values()) <= HEAVIEST, own
    script = next(name for name in own if "leaflet/leaflet" in name and name.endswith(".js"))
    begun = page.evaluate("name => performance.getEntriesByName(name)[0].startTime", script)
    assert begun >= page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")

    phone = open_page("about:blank", phone=True)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/fr/support/carte-pair-aidance/")
    phone.wait_for_load_state("networkidle")
    assert not [url for url in asked if "leaflet" in url or "basemap" in url], "the list view of a phone shows no map and loads none"
    asked.clear()
    phone.goto("/fr/contact/")
    phone.wait_for_load_state("networkidle")
    assert not [url for url in asked if "leaflet" in url or "/map" in url]
