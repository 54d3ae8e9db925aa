"""Places a site lives in, beside the one of the tests: a database and folders of files, whose rows are committed."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import Storage, storages
from django.db import connections
from django.db.models import FileField
from django.test import Client, override_settings
from wagtail.models import Page, Site

from core.files.storage import PrivateFileStorage
from tests.crawl.endpoints import all_endpoints
from tests.databases import url_of
from tests.html import text, texts


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
        homes = [(storage, storage._location) for storage in _private_storages()]  # type: ignore[attr-defined]
        try:
            with override_settings(MEDIA_ROOT=self.folder / "media"):
                for storage, _home in homes:
                    _move(storage, self.folder / "private")
                _forget()
                yield
        finally:
            for storage, home in homes:
                _move(storage, home)
            moved.close()
            connections["default"] = resting
            _forget()

    def is_empty(self) -> bool:
        """No table and no file."""
        with psycopg.connect(url_of(self.database)) as server:
            tables = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        return tables == (0,) and files_of(self.folder) == {}

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


def words_of_pages() -> dict[str, str]:
    """What readers read: every page and every view for the public that answers. Shape: {path: words}."""
    return {path: text(page, "body") for path, page in public_pages().items()}


def headings_of_pages() -> dict[str, list[str]]:
    """What each is about. Shape: {path: headings of the first level}."""
    return {path: texts(page, "h1") for path, page in public_pages().items()}


def public_pages(only: Collection[str] = ()) -> dict[str, str]:
    """Shape: {path: HTML}."""
    client = Client(headers={"accept-language": "fr"})
    paths = [page.get_url() for page in Page.objects.live().filter(depth__gt=1).order_by("path")]
    paths += [each.path for each in all_endpoints() if each.name and not each.is_backoffice and not each.name.startswith("wagtail")]
    found = {}
    for path in only or dict.fromkeys(filter(None, paths)):
        response = client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found[path] = response.content.decode()
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Shape: {path below `folder`: content}."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _private_storages() -> list[Storage]:
    """That of the alias and those of the fields: a test that changed STORAGES for a while leaves two of them."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, FileField)]
    found = [storages["private"], *(field.storage for field in fields if isinstance(field.storage, PrivateFileStorage))]
    return list({id(storage): storage for storage in found}.values())


def _move(storage: object, folder: Path) -> None:
    storage._location = folder  # type: ignore[attr-defined]
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)


def _forget() -> None:
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
