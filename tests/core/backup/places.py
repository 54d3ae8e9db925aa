"""Places a site lives in, beside the one of the tests: a database and folders of files, whose rows are committed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connections
from django.test import Client, override_settings
from wagtail.models import Page, Site

from tests.crawl.endpoints import all_endpoints
from tests.databases import url_of
from tests.html import text


@dataclass(frozen=True)
class Place:
    """`database`: its name on the server of the tests."""

    database: str
    folder: Path

    @contextmanager
    def live_in(self) -> Iterator[None]:
        """The site of this process is the one of this place meanwhile."""
        resting = connections["default"]
        moved = resting.copy()
        moved.settings_dict["NAME"] = self.database
        connections["default"] = moved
        private = storages["private"]
        home = private._location  # type: ignore[attr-defined]
        try:
            with override_settings(MEDIA_ROOT=self.folder / "media"):
                _move(private, self.folder / "private")
                _forget()
                yield
        finally:
            _move(private, home)
            moved.close()
            connections["default"] = resting
            _forget()

    def wipe(self) -> None:
        """Nothing is left of it."""
        empty_database(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)


def empty_database(name: str) -> str:
    """A database without a table; its URL."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return url_of(name)


def words_of_pages(most: int = 400) -> dict[str, str]:
    """What readers read: every page and every view for the public that answers. Shape: {path: words}."""
    client = Client(headers={"accept-language": "fr"})
    paths = [page.get_url() for page in Page.objects.live().filter(depth__gt=1).order_by("path")[:most]]
    paths += [each.path for each in all_endpoints() if each.name and not each.is_backoffice and not each.name.startswith("wagtail")]
    found = {}
    for path in dict.fromkeys(filter(None, paths)):
        response = client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found[path] = text(response.content.decode(), "body")
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Shape: {path below `folder`: content}."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _move(storage: object, folder: Path) -> None:
    storage._location = folder  # type: ignore[attr-defined]
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)


def _forget() -> None:
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
