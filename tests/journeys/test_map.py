"""The map in a browser: by keyboard alone, without JavaScript, in three languages; nothing asked of others, nothing slow."""

import re
import time
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.serving import Served

pytestmark = pytest.mark.browser

HEAVIEST = 90_000  # basemap and scripts of the map, as they travel


@dataclass(frozen=True)
class Words:
    """What one language calls things."""

    page: str
    town: str
    wrong: str
    reference: str
    propose: str


WORDS = {
    "fr": Words("/fr/support/carte-pair-aidance/", "namur", "Quelque chose est faux ici", "référence", "/fr/pair-aidance/proposer/"),
    "nl": Words("/nl/support/kaart-peerhulp/", "namen", "Hier klopt iets niet", "referentie", "/nl/peerhulp/voorstellen/"),
    "en": Words("/en/support/peer-support-map/", "5000", "Something is wrong here", "reference", "/en/peer-support/propose/"),
}
every_language = pytest.mark.parametrize("language", WORDS)
both_ways = pytest.mark.parametrize("javascript", [False, True], ids=["without-js", "with-js"])


def map_ready(page: Page) -> None:
    page.locator(".place-map[data-ready]").wait_for()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, most: int = 160) -> None:
    """Tabs until an element that answers `selector` has the focus."""
    for _stop in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab stop {selector}")


@both_ways
@every_language
def test_filter_share_open_and_report(open_page: OpenPage, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = open_page(words.page, javascript=javascript, language=language)
    expect(page.locator(".place-row")).to_have_count(24)
    page.locator("#list-words").fill(words.town)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"q={words.town}"))
    expect(page.locator(".place-row")).to_have_count(3)
    page.locator("#sector-homeless").check()
    if not javascript:
        page.locator(".filters__apply").click()
    expect(page.locator(".place-row")).to_have_count(1)
    shared = open_page(page.url.partition("/" + language)[1] + page.url.partition("/" + language)[2], javascript=javascript)
    expect(shared.locator(".place-row")).to_have_count(1)
    shared.locator(".place-row a").click()
    shared.get_by_role("link", name=words.wrong).click()
    shared.locator("[name=reason][value=gone]").check()
    shared.wait_for_timeout(2100)  # nobody is quicker
    shared.locator("main form button").last.click()
    expect(shared.locator("main strong")).to_have_text(re.compile(r"^[A-Z0-9]{8}$"))
    assert words.reference in shared.locator("main").inner_text()


def test_the_keyboard_alone_opens_a_place_from_the_map(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?q=eupen&view=map")
    map_ready(page)
    tab_to(page, ".map-pin")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Gesprächskreis Ostbelgien, 4700 Eupen"
    press(page, "Enter")
    expect(page.locator(".leaflet-popup a[href*='ostbelgien']")).to_be_focused()
    assert page.locator(".leaflet-popup").get_attribute("role") == "dialog"
    press(page, "Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(page.locator(".map-pin")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".leaflet-popup a[href*='ostbelgien']")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text("Gesprächskreis Ostbelgien")


def test_a_cluster_speaks_the_language_and_comes_closer_on_enter(open_page: OpenPage) -> None:
    page = open_page("/nl/support/kaart-peerhulp/?view=map")
    map_ready(page)
    cluster = page.locator(".map-pin", has_text="31")
    assert str(cluster.get_attribute("aria-label")).startswith("31 plekken hier, inzoomen")
    cluster.focus()
    press(page, "Enter")
    expect(page.locator(".map-pin", has_text="31")).to_have_count(0)
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
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_axe_finds_nothing_with_a_popup_open(open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?q=eupen&view=map", phone=phone, dark=dark)
    map_ready(page)
    page.locator(".map-pin").first.click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.wait_for_timeout(500)
    found = Axe().run(page).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []


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
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: names.__setitem__(event["requestId"], event["response"]["url"]))
    session.on("Network.loadingFinished", lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.goto("/fr/support/carte-pair-aidance/")
    map_ready(page)
    page.wait_for_load_state("networkidle")
    own = {names[key]: size for key, size in sizes.items() if re.search(r"/static/(leaflet|map|js/(map|clusters))", names.get(key, ""))}
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


def test_first_markers_stand_within_a_second_of_the_load(open_page: OpenPage) -> None:
    page = open_page("/fr/support/carte-pair-aidance/?view=map")
    page.locator(".map-pin").first.wait_for()
    page.reload()
    page.wait_for_load_state("load")
    begun = time.monotonic()
    page.locator(".map-pin").first.wait_for()
    assert time.monotonic() - begun < 1.0


@both_ways
def test_propose_moderate_publish_and_confirm_by_mail(open_page: OpenPage, site: Served, javascript: bool) -> None:
    """From a stranger's proposal to the service's own 'still right'."""
    name = f"Maison des Hêtres {'bleus' if javascript else 'rouges'}"
    mark = "js" if javascript else "plain"
    page = open_page("/fr/pair-aidance/proposer/", javascript=javascript, phone=True)
    page.locator("[name=name_fr]").fill(name)
    page.locator("[name=sector]").select_option("homeless")
    page.locator("[name=practices][value=volunteer]").check()
    page.locator("[name=languages][value=fr]").check()
    page.locator("[name=municipality]").fill("1080 Sint-Jans-Molenbeek")
    page.locator("[name=service_email]").fill("jeanne.dupont@hetres.example.org")
    page.locator("[name=email]").fill(f"voisin.{mark}@example.org")
    page.wait_for_timeout(2100)
    page.locator("main form button").last.click()
    expect(page.locator(".error-summary")).to_contain_text("l’adresse d’une personne")
    page.locator("[name=service_email]").fill(f"accueil@hetres-{mark}.example.org")
    page.wait_for_timeout(2100)
    page.locator("main form button").last.click()
    mail = wait_for_mail(site.folder, f"voisin.{mark}@example.org")
    assert name in text_of(mail)
    page.goto(next(link for link in links_of(mail) if "confirmer" in link))
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("référence")

    keeper = open_page("/account/login/?next=/admin/map/queue/", language="fr")
    keeper.locator("[name=login]").fill("carte@example.org")
    keeper.locator("[name=password]").fill("smes-demo-smes-demo")
    keeper.locator("main form button").first.click()
    keeper.get_by_role("link", name=name).first.click()
    keeper.get_by_role("link", name="Accepter").first.click()
    keeper.locator("main form button[type=submit], form button[type=submit]").last.click()
    answer = wait_for_mail(site.folder, f"voisin.{mark}@example.org", number=2)
    page.goto(next(link for link in links_of(answer) if "/lieux/" in link))
    expect(page.locator("h1")).to_have_text(name)
    page.get_by_role("link", name="C’est notre service").click()
    page.locator("main form button").last.click()
    own = wait_for_mail(site.folder, f"accueil@hetres-{mark}.example.org")
    page.goto(next(link for link in links_of(own) if "toujours-exact" in link))
    page.locator("main form button").last.click()
    expect(page.locator(".notice--success")).to_be_visible()
