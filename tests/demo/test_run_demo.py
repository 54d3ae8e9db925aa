"""`make demo` on a fresh folder: SQLite, site and worker, all in one command."""

import re
import sqlite3
from collections.abc import Iterator

import httpx
import pytest

from tests.serving import Served, served


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("demo")) as site:
        yield site


def test_it_says_when_it_is_ready_and_how_to_log_in(demo: Served) -> None:
    assert re.search(r"^ready: http://localhost:\d+/$", demo.output, re.MULTILINE), demo.output
    for address in ("admin@example.org", "coordination@example.org", "formation@example.org"):
        assert address in demo.output


@pytest.mark.parametrize("path", ["/fr/", "/nl/", "/en/", "/fr/formations/", "/nl/opleidingen/", "/en/trainings/", "/mailbox/", "/healthz"])
def test_it_serves_the_site(demo: Served, path: str) -> None:
    answer = httpx.get(demo.url + path, follow_redirects=True)
    assert answer.status_code == 200, answer.text[:500]


def test_its_pages_are_compressed(demo: Served) -> None:
    assert httpx.get(f"{demo.url}/fr/formations/").headers["content-encoding"] in {"gzip", "br"}


def test_fifty_modules_stand_in_each_catalogue(demo: Served) -> None:
    with sqlite3.connect(demo.folder / "smes.sqlite3") as database:
        rows = database.execute(
            "select l.language_code, count(*) from trainings_modulepage m join wagtailcore_page p on p.id = m.page_ptr_id "
            "join wagtailcore_locale l on l.id = p.locale_id where p.live group by 1 order by 1"
        ).fetchall()
    assert rows == [("en", 50), ("fr", 50), ("nl", 50)]
