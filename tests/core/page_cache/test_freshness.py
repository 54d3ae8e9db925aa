"""Two web processes, pages in the memory of each, and writes in between: nobody ever reads what was."""

import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.page_cache.triggers import drop_triggers, make_triggers
from tests.core.page_cache.writes import Writes
from tests.databases import new_database, url_of
from tests.serving import ROOT, free_port
from tests.waiting import is_answered, wait_until

logging.getLogger("httpx").setLevel(logging.WARNING)
pytestmark = pytest.mark.slow

SEED = 20261201
WRITES = 200
HOST = "testserver"
# Of a form, which is never kept: its token, and when it was opened.
STAMP = re.compile(r'name="(csrfmiddlewaretoken|started)" value="[^"]+"')
TIMEOUT = 60


class Reader:
    """Reads through one web process as a proxy does that keeps every page and asks each time whether it is still the same."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, headers={"Host": HOST, "Accept-Encoding": "gzip"}, timeout=TIMEOUT)
        self.kept: dict[str, httpx.Response] = {}
        self.unchanged = 0

    def read(self, path: str) -> tuple[int, str]:
        known = self.kept.get(path)
        answer = self.http.get(path, headers={"If-None-Match": known.headers["ETag"]} if known else {})
        if answer.status_code == 304 and known:
            self.unchanged += 1
            return known.status_code, STAMP.sub("", known.text)
        self.kept.pop(path, None)
        if "ETag" in answer.headers:
            self.kept[path] = answer
        return answer.status_code, STAMP.sub("", answer.text)


@contextmanager
def written_apart(name: str) -> Iterator[str]:
    """A database of its own, in which this thread writes and commits."""
    name, resting = urlsplit(new_database(name)).path.lstrip("/"), connections["default"]
    mine = resting.copy()
    mine.settings_dict = resting.settings_dict | {"NAME": name}
    connections["default"] = mine
    cache.clear()
    try:
        yield url_of(name)
    finally:
        mine.close()
        connections["default"] = resting
        cache.clear()


@contextmanager
def web_process(database: str) -> Iterator[str]:
    """gunicorn with one worker."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings.test", "WEB_CONCURRENCY": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)  # at once, whoever still holds a connection
        process.wait(timeout=TIMEOUT)


@pytest.fixture(scope="module")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Writes, list[Reader]]]:
    with django_db_blocker.unblock(), ExitStack() as stack:
        database = stack.enter_context(written_apart("fresh"))
        urls = [stack.enter_context(web_process(database)) for _each in range(2)]
        make_triggers()
        writes = Writes(SEED)
        for url in urls:
            wait_until(lambda url=url: is_answered(f"{url}/robots.txt", headers={"Host": HOST}), "no web process answers", TIMEOUT)
        yield writes, [Reader(url) for url in urls]


def as_made_now(client: Client, path: str) -> tuple[int, str]:
    """Rendered by Django alone, in this process."""
    answer = client.get(path, headers={"host": HOST})
    return answer.status_code, STAMP.sub("", answer.content.decode())


def stale_reads(writes: Writes, readers: list[Reader], count: int) -> list[str]:
    """After each of `count` writes a page is read, through one process and then through the other, and made anew."""
    client, stale = Client(), []
    for number in range(count):
        done, path = writes.write(), writes.choose.choice(writes.paths)
        if readers[number % 2].read(path) != as_made_now(client, path):
            stale.append(f"{number}: {path} after {done}")
    return stale


def test_no_reader_ever_gets_what_was(site: tuple[Writes, list[Reader]]) -> None:
    writes, readers = site
    for path in writes.paths:
        for reader in readers:
            reader.read(path)
    assert stale_reads(writes, readers, WRITES) == []
    quiet = [reader.read(path) for reader in readers for path in writes.paths]
    before = sum(reader.unchanged for reader in readers)
    assert [reader.read(path) for reader in readers for path in writes.paths] == quiet
    kept = sum(len(reader.kept) for reader in readers)
    assert sum(reader.unchanged for reader in readers) - before == kept > len(writes.paths)


def test_without_the_triggers_readers_get_what_was(site: tuple[Writes, list[Reader]]) -> None:
    writes, readers = site
    drop_triggers()
    for path in writes.paths:
        for reader in readers:
            reader.read(path)
    assert stale_reads(writes, readers, 20) != []
