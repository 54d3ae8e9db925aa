"""Whether a restored site is the one that was saved. What to try is declared in `home.self_check`, which knows all apps (`CHECKS`)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from core.backup.archive import digest_of
from core.backup.database import count_rows, this_database
from core.backup.manifest import Manifest
from core.backup.stored_files import kept_storages, opened

SAMPLE = 5  # of each kind of link; the newest


@dataclass(frozen=True, slots=True)
class MailedLinks:
    """Secret links people have in their mails: absolute URLs, `SAMPLE` of them, each of which must open."""

    what: str
    urls: Callable[[], Iterable[str]]

    def run(self) -> tuple[int, list[str]]:
        """How many there were, and those that do not open, by their place in the list: the links are secret."""
        urls = list(self.urls())
        return len(urls), [f"{self.what}: link {number} does not open" for number, url in enumerate(urls, 1) if not opens(url)]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that must be readable; `unreadable` counts all, and those that are not."""

    what: str
    unreadable: Callable[[], tuple[int, int]]

    def run(self) -> tuple[int, list[str]]:
        total, wrong = self.unreadable()
        return total, [f"{self.what}: {wrong} of {total} cannot be read"] if wrong else []


type Check = MailedLinks | Rows

_registered: list[Check] = []


def register(checks: Iterable[Check]) -> None:
    """Called in an app's `ready()`."""
    _registered.extend(checks)


def compare_with(manifest: Manifest) -> list[str]:
    """What differs from what was saved, before anything migrates: rows of each table, and every file, read back."""
    return [*_rows(manifest), *_files(manifest)]


def try_site() -> Iterator[tuple[str, int, list[str]]]:
    """What each app declared, on the migrated site. Shape: (what, how many, troubles)."""
    for check in _registered:
        count, troubles = check.run()
        yield check.what, count, troubles


def opens(url: str) -> bool:
    """Whether the site answers this URL with a page; asked in this process, as a web server would."""
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "HTTP_HOST": parts.netloc,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": parts.scheme,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    told: list[str] = []
    response = WSGIHandler()(environ, lambda status, headers, error=None: told.append(status))  # type: ignore[arg-type]
    for _ in response:
        pass
    response.close()
    return told[0].startswith("200")


def _rows(manifest: Manifest) -> list[str]:
    database = this_database()
    try:
        found = count_rows(database.connection)
    finally:
        database.connection.close()
    return [
        f"table {name}: {found.get(name)} rows instead of {manifest.tables.get(name)}"
        for name in sorted(found.keys() | manifest.tables.keys())
        if found.get(name) != manifest.tables.get(name)
    ]


def _files(manifest: Manifest) -> Iterator[str]:
    storages = kept_storages()
    for alias, files in manifest.files.items():
        for name, content in files.items():
            try:
                with opened(storages[alias], name) as stored:
                    is_same = digest_of(stored) == content
            except FileNotFoundError:
                is_same = False
            if not is_same:
                yield f"file {name} of {alias} is not what was saved"
