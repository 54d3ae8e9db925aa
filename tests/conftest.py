"""Fixtures every test may use."""

import gc
import os
import shutil
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from tests import undefined
from tests.databases import SUFFIX, demo_database, load_demo_once, url_of
from tests.serving import ACCESS_LOG, Served, served

# The shell first: the same engine without a window's machinery, a sixth less work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
LAST_LINES = 60
LONGEST_FILES = ("test_run_demo.py", "test_accessible_trainings.py", "test_accessible_backoffice.py")

# A tenth of the time of tests went into searching a heap that only grows for cycles in it.
gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need a browser: skipped with a loud line where there is none, an error in CI.

    The longest files first: pytest-django puts what asks for no database last, and one process would be left alone with it.
    """
    items.sort(key=lambda item: LONGEST_FILES.index(item.path.name) if item.path.name in LONGEST_FILES else len(LONGEST_FILES))
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("No Chromium in CI: the browser journeys would be skipped in silence.")
    warnings.warn(
        "NO CHROMIUM FOUND: every browser journey is skipped. Install the package `chromium-headless-shell` or `chromium`.", stacklevel=1
    )
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed against a running site shows what that site, its server and its worker printed last."""
    report = yield
    if report.failed:
        for site in getattr(item, "funcargs", {}).values():
            if isinstance(site, Served):
                report.sections.append((f"The end of {site.log}", "\n".join(site.output.splitlines()[-LAST_LINES:])))
    return report


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Site root paths, menus and the language of one test's last page never reach the next."""
    cache.clear()
    translation.deactivate()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _templates_are_watched() -> None:
    undefined.watch()


@pytest.fixture(autouse=True)
def _no_variable_is_undefined() -> Iterator[None]:
    """A template of ours that names a variable nobody gave fails the test that rendered it."""
    undefined.Noted.found.clear()
    yield
    assert sorted(set(undefined.Noted.found)) == [], "undefined variables in templates"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium: Playwright's own download is not reachable everywhere."""
    return browser_type_launch_args | {"executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the demo lie once it is loaded, for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"


@pytest.fixture(scope="session", autouse=True)
def _demo_loads_ahead(request: pytest.FixtureRequest, loaded_demo: Path) -> None:
    """In a run of everything, beside the first tests: they need no site, and nobody has to wait for it later."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw0" and any("site" in item.fixturenames for item in request.session.items):
        Thread(target=load_demo_once, args=[loaded_demo], daemon=True).start()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, loaded_demo: Path) -> Iterator[Served]:
    """The demo on PostgreSQL, once a process for all its journeys: hashed files, strict policy, gunicorn, worker, mailbox."""
    folder = tmp_path_factory.mktemp("site")
    with served(folder, database_url=demo_database(loaded_demo, folder), **ACCESS_LOG) as running:
        yield running


@pytest.fixture(scope="session")
def site_database() -> str:
    """The address of that database, for journeys in which time must pass."""
    return url_of(f"smes_served{SUFFIX}")
