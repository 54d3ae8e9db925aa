"""Fixtures every test may use."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.cache import cache
from django.utils import translation

from tests import undefined
from tests.serving import Served, served

# Several runs on one server, and the two processes of one run, keep their databases apart.
SUFFIX = os.environ.get("TEST_DB_SUFFIX", "") + os.environ.get("PYTEST_XDIST_WORKER", "")
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
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo on PostgreSQL, made once a process for all its journeys: hashed files, strict policy, gunicorn, worker, mailbox."""
    with served(tmp_path_factory.mktemp("site"), database_url=database_of("served")) as running:
        yield running


@pytest.fixture(scope="session")
def site_database() -> str:
    """The address of that database, for journeys in which time must pass."""
    return _named(os.environ["DATABASE_URL"], f"smes_served{SUFFIX}")


def database_of(purpose: str) -> str:
    """A new, empty database on the tests' server."""
    server = os.environ["DATABASE_URL"]
    name = f"smes_{purpose}{SUFFIX}"
    with psycopg.connect(_named(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return _named(server, name)


def _named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
