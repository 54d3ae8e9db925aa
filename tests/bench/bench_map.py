"""`make bench`: the map with 2,000 places in a real browser: first markers, weight, GeoJSON, the keyboard from the country to one place."""

import time
from collections.abc import Iterator
from statistics import median

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Page

from cartography.geo import belgium
from tests.journeys.keyboard import Keyboard
from tests.journeys.map_page import HEAVIEST, map_ready, weights
from tests.serving import Served

pytestmark = pytest.mark.browser

PLACES, LOADS = 2_000, 7
LATEST_MARKER = 1.0  # seconds after the load event
LATEST_BYTE = 1.0  # seconds until GeoJSON of all places begins to come
LONGEST_BLOCK = 300  # milliseconds a step of the map may keep the page from answering
MAP = "/fr/support/carte-pair-aidance/?view=map"
# When the first marker stood, and each task that kept the page busy for more than 50 ms.
WATCH = """
window.blocks = [];
new PerformanceObserver(list => blocks.push(...list.getEntries().map(entry => entry.duration))).observe({type: 'longtask', buffered: true});
new MutationObserver((changes, observer) => {
  if (!document.querySelector('.map-pin')) return;
  window.firstPin = performance.now();
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});
"""
SINCE_LOAD = "(firstPin - performance.getEntriesByType('navigation')[0].loadEventEnd) / 1000"
COPIES = """
insert into cartography_place ({columns}) select {values} from cartography_place first,
unnest(%s::text[], %s::text[], %s::float[], %s::float[]) with ordinality as made (nis, region, lat, lon, number)
where first.id = (select min(id) from cartography_place)
"""


@pytest.fixture
def crowded(busy: tuple[Served, str]) -> Iterator[Served]:
    """The demo with 2,000 places on its map: copies, spread around every municipality; gone again afterwards."""
    site, database = busy
    with psycopg.connect(database, autocommit=True) as connection:
        missing = PLACES - _count(connection)
        _copy(connection, missing)
        assert _count(connection) == PLACES
        connection.execute("analyze cartography_place")
        yield site
        connection.execute("delete from cartography_place where slug like 'bench-%%'")


def _count(connection: psycopg.Connection) -> int:
    row = connection.execute("select count(*) from cartography_place where status in ('published', 'to_confirm')").fetchone()
    assert row
    return int(row[0])


def _copy(connection: psycopg.Connection, number: int) -> None:
    """Copies of the first place, in every municipality in turn, each round further from its middle, as streets are."""
    towns = [(each.nis, each.region, each.point) for each in belgium.municipalities().values() if each.point]
    spots = []
    for index in range(number):
        nis, region, middle = towns[index % len(towns)]
        away, way = index // len(towns), index % 8
        spots.append((nis, region, middle.lat + away * 0.004 * (way % 3 - 1), middle.lon + away * 0.006 * (way // 3 - 1)))
    query = "select column_name from information_schema.columns where table_name = 'cartography_place' and column_name <> 'id'"
    columns = [row[0] for row in connection.execute(query)]
    own = {"slug": "'bench-' || number", "name_fr": "'Maison ' || number", "token": "md5(number::text)", "status": "'published'"}
    own |= {name: f"made.{name}" for name in ("nis", "region", "lat", "lon")}
    values = [own.get(name, f'first."{name}"') for name in columns]
    statement = COPIES.format(columns=", ".join(f'"{name}"' for name in columns), values=", ".join(values))
    connection.execute(statement, [list(column) for column in zip(*spots, strict=True)])


def opened(browser: Browser, site: Served) -> Page:
    """A first visit: nothing kept."""
    page = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="fr-BE").new_page()
    page.add_init_script(WATCH)
    return page


def bench_first_markers(browser: Browser, crowded: Served, capsys: pytest.CaptureFixture[str]) -> None:
    seconds, blocks = [], []
    for _load in range(LOADS):
        page = opened(browser, crowded)
        page.goto(MAP, wait_until="load")
        map_ready(page)
        seconds.append(page.evaluate(SINCE_LOAD))
        blocks.append(max(page.evaluate("blocks"), default=0))
        page.context.close()
    with capsys.disabled():
        print(f"\n{PLACES} places, first visit: first marker {median(seconds):.2f} s after the load event", end="")
        print(f" (slowest of {LOADS}: {max(seconds):.2f} s); longest task while it loads {median(blocks):.0f} ms")
    assert median(seconds) < LATEST_MARKER


def bench_weight_and_open_data(browser: Browser, crowded: Served, capsys: pytest.CaptureFixture[str]) -> None:
    page = opened(browser, crowded)
    own = weights(page, MAP)
    page.context.close()
    lines = [f"{name.rsplit('/', 1)[-1].split('?')[0]:<34} {size / 1000:>6.1f} kB" for name, size in own.items()]
    waits = [_geojson(crowded, query) for query in ("", "?brief=1")]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
        print(f"basemap and scripts, as they travel: {sum(own.values()) / 1000:.1f} kB (bar {HEAVIEST / 1000:.0f})")
        for name, (first, whole, size) in zip(("open data", "for our map"), waits, strict=True):
            print(f"GeoJSON, {name}: first byte {first * 1000:.0f} ms, all {whole * 1000:.0f} ms, {size / 1000:.0f} kB as it travels")
    assert sum(own.values()) <= HEAVIEST
    assert max(first for first, _whole, _size in waits) < LATEST_BYTE


def _geojson(site: Served, query: str) -> tuple[float, float, int]:
    """Medians of seconds to the first byte and to the last, and the bytes on the wire."""
    rounds = []
    for _round in range(LOADS):
        begun = time.perf_counter()
        with httpx.stream("GET", f"{site.url}/fr/peer-support/places.geojson{query}", timeout=60) as answer:
            pieces = answer.iter_raw()
            size = len(next(pieces))
            first = time.perf_counter() - begun
            size += sum(len(piece) for piece in pieces)
        rounds.append((first, time.perf_counter() - begun, size))
    return median(each[0] for each in rounds), median(each[1] for each in rounds), rounds[0][2]


def bench_the_keyboard_from_the_country_to_one_place(browser: Browser, crowded: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """Enter on a cluster comes closer and keeps the focus, until one place is left and opens. Of three walks the least disturbed counts."""
    walks = [_walk(opened(browser, crowded)) for _walk_number in range(3)]
    pins, steps, _block = walks[0]
    block = min(block for _pins, _steps, block in walks)
    with capsys.disabled():
        print(f"\n{PLACES} places stand in {pins} markers; by keyboard {steps} times Enter to one place; longest task {block:.0f} ms")
    assert block < LONGEST_BLOCK


def _walk(page: Page) -> tuple[int, int, float]:
    """Markers of the whole country, presses of Enter until a place opened, and the longest the page did not answer (ms)."""
    page.goto(MAP)
    map_ready(page)
    pins = page.locator(".map-pin").count()
    assert pins < 150, "two thousand are not drawn one by one"
    keys = Keyboard(page)
    page.evaluate("blocks.length = 0")
    keys.into_the_page()
    keys.tab_to(".map-pin")
    steps = 0
    while page.locator(".leaflet-popup").count() == 0:
        keys.press("Enter")
        steps += 1
        page.wait_for_timeout(500)
        assert page.evaluate("document.activeElement.matches('.map-pin, .leaflet-popup a')"), "the focus stays on the map"
        assert steps < 9, "no end of clusters"
    block = max(page.evaluate("blocks"), default=0)
    name = page.locator(".leaflet-popup a").first.inner_text()
    keys.press("Enter")
    page.wait_for_url("**/pair-aidance/lieux/**")
    assert page.locator("h1").inner_text() == name
    page.context.close()
    return pins, steps, block
