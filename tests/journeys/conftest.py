"""A browser with or without JavaScript, on a phone or a desk, watched for what must never happen."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.serving import Served

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}

OpenPage = Callable[..., Page]


def is_elsewhere(url: str) -> bool:
    """Whether a request leaves the site."""
    return urlsplit(url).hostname not in {"localhost", "127.0.0.1", None}


@pytest.fixture
def open_page(browser: Browser, site: Served) -> Iterator[OpenPage]:
    """`open_page("/fr/", javascript=False, phone=True)`; at the end no page may have broken the policy or left the site."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_it(path: str, *, javascript: bool = True, phone: bool = False, dark: bool = False, language: str = "fr") -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport=PHONE if phone else DESK,
            color_scheme="dark" if dark else "light",
            locale=f"{language}-BE",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error.message}"))
        page.on("request", lambda request: faults.append(request.url) if is_elsewhere(request.url) else None)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    # A form sent back for correction answers 422; Wagtail's own checker, in the bar of who is logged in, reports to the console.
    serious = [fault for fault in faults if "status of 4" not in fault and not fault.startswith("axe.run results")]
    assert serious == []
