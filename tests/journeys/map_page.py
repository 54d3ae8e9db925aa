"""The map in a browser: ready, and as heavy as it travels."""

import re

from playwright.sync_api import Page

HEAVIEST = 90_000  # basemap and scripts of the map, as they travel


def map_ready(page: Page) -> None:
    page.locator(".place-map[data-ready]").wait_for()


def weights(page: Page, path: str) -> dict[str, float]:
    """Opens a page with a map; the bytes of Leaflet, basemap and the map's own files as they travel, by address."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: names.__setitem__(event["requestId"], event["response"]["url"]))
    session.on("Network.loadingFinished", lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.goto(path)
    map_ready(page)
    page.wait_for_load_state("networkidle")
    return {names[key]: size for key, size in sizes.items() if re.search(r"/static/(leaflet|map|js/(map|clusters))", names.get(key, ""))}
