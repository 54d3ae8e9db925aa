"""`make bench`: 100 readers at once over all public addresses, then ten minutes of steady reading: no error, no memory that only grows,
no connection left open."""

import http.client
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import psycopg
import pytest

from tests.serving import Served

CLIENTS, SECONDS = 100, 30
SOAK_SECONDS, A_SECOND, SETTLED_SECONDS = 600, 10, 60
MOST_GROWTH = 0.10
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# What no sitemap names: searches, facets, feeds, a page that is not there.
BESIDE = [
    "/fr/recherche/?q=logement",
    "/nl/zoeken/?q=wonen",
    "/fr/formations/?theme=drugs",
    "/sitemap.xml",
    "/robots.txt",
    "/fr/n-existe-pas/",
]

Answer = tuple[int, float]  # status, seconds; 0 for no answer at all


def public_paths(site: Served) -> list[str]:
    tree = ElementTree.fromstring(httpx.get(f"{site.url}/sitemap.xml", timeout=60).content)
    paths = [urlsplit(str(element.text)).path for element in tree.iter(LOC)]
    assert len(paths) > 200
    return paths + BESIDE


def read(address: str, paths: Iterator[str], until: float) -> Iterator[Answer]:
    """One reader with one connection, as a browser keeps it; it is opened anew when the server has closed it between two pages."""
    connection = http.client.HTTPConnection(address, timeout=60)
    while time.monotonic() < until:
        path, begun = next(paths), time.monotonic()
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            yield response.status, time.monotonic() - begun
        except (http.client.RemoteDisconnected, ConnectionResetError):
            connection.close()
        except OSError:
            connection.close()
            yield 0, time.monotonic() - begun
    connection.close()


def failures(answers: Iterable[Answer]) -> Counter[int]:
    return Counter(status for status, _seconds in answers if status not in {200, 301, 302, 404})


def bench_100_readers_at_once(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, _database = busy
    paths = public_paths(site)
    address, until = urlsplit(site.url).netloc, time.monotonic() + SECONDS

    def reader(number: int) -> list[Answer]:
        own = itertools.islice(itertools.cycle(paths), number * 7, None)
        return list(read(address, own, until))

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [answer for each in pool.map(reader, range(CLIENTS)) for answer in each]
    cuts = quantiles((seconds for _status, seconds in answers), n=100)
    with capsys.disabled():
        print(f"\n{CLIENTS} readers for {SECONDS} s over {len(paths)} addresses: {len(answers) / SECONDS:.0f} pages a second,", end=" ")
        print(f"median {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, failures {dict(failures(answers))}")
    assert not failures(answers)
    assert len(answers) > CLIENTS


def processes_of(site: Served) -> list[Path]:
    """The processes of the site, worker included: those whose environment names its folder."""
    wanted = f"VAR_DIR={site.folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(process)
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return found


def memory_of(site: Served) -> float:
    """Megabytes of all its processes; what they share is counted once (PSS)."""
    sizes = [re.search(r"^Pss:\s+(\d+) kB", (process / "smaps_rollup").read_text(), re.MULTILINE) for process in processes_of(site)]
    return sum(int(size.group(1)) for size in sizes if size) / 1000


def connections_to(database: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute("select count(*) from pg_stat_activity where datname = current_database()").fetchone()
    assert row
    return int(row[0]) - 1  # this one


def bench_ten_minutes_of_reading(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    paths = public_paths(site)
    address = urlsplit(site.url).netloc
    for path in paths:  # what a first visit makes stays, and is no leak
        httpx.get(site.url + path, timeout=60)
    answers: list[Answer] = []
    turns, lock = itertools.cycle(paths), threading.Lock()

    def shared() -> Iterator[str]:
        while True:
            with lock:
                path = next(turns)
            yield path

    def steady(until: float) -> None:
        """One of the readers: they share ten requests a second."""
        answering = read(address, shared(), until)
        begun = time.monotonic()
        for answer in answering:
            answers.append(answer)
            time.sleep(max(0.0, 1 - (time.monotonic() - begun)))
            begun = time.monotonic()

    def go_on(seconds: float) -> None:
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(A_SECOND) as pool:
            for each in [pool.submit(steady, until) for _reader in range(A_SECOND)]:
                each.result()

    go_on(SETTLED_SECONDS)
    before, open_before = memory_of(site), connections_to(database)
    go_on(SOAK_SECONDS)
    after, open_after = memory_of(site), connections_to(database)
    with capsys.disabled():
        print(f"\n{SOAK_SECONDS} s at {A_SECOND} requests a second: {len(answers)} answers, failures {dict(failures(answers))};", end=" ")
        print(f"memory {before:.0f} → {after:.0f} MB, connections {open_before} → {open_after}")
    assert not failures(answers)
    assert after <= before * (1 + MOST_GROWTH)
    assert open_after <= max(open_before, 2 * 8 + 4), "no more than the threads of the web processes and the worker may hold"
