"""Fixtures every test may use."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need a browser: skipped with a loud line where there is none, an error in CI."""
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("No Chromium in CI: the browser journeys would be skipped in silence.")
    warnings.warn("NO CHROMIUM FOUND: every browser journey is skipped. Install the package `chromium`.", stacklevel=1)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium"))


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Site root paths and menus of one test never reach the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium: Playwright's own download is not reachable everywhere."""
    return browser_type_launch_args | {"executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]
