"""`make bench`: what a page from memory costs beside a bare Django view, and 20 readers at once for half a minute."""

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle
from random import Random
from statistics import quantiles
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest

from tests.bench.costs import costs_of
from tests.serving import Served

MOST_TIMES, MOST_QUERIES = 2.0, 1
CLIENTS, SECONDS, SLOWEST_MS = 20, 30, 100
PASSES = 4
LINK = re.compile(r'href="(/(?:fr|nl|en)/[^"#?]*/)"')


def bench_a_page_from_memory(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    costs = costs_of("tests.bench.cached_costs", ["/fr/", "/fr/formations/"], site, database)
    with capsys.disabled():
        for each in costs:
            facts = f"{each['cpu']:.3f} ms, {each['queries']:.2f} queries; a bare Django view {each['bare']:.3f} ms"
            sys.stdout.write(f"\nfrom memory {each['path']}: {facts}: {each['cpu'] / each['bare']:.2f} ×")
    assert max(each["queries"] for each in costs) <= MOST_QUERIES
    assert max(each["cpu"] / each["bare"] for each in costs) <= MOST_TIMES


def bench_twenty_readers(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, _database = busy
    paths = public_pages(site.url)
    warm(site.url, paths)
    with ThreadPoolExecutor(CLIENTS) as pool:
        until = time.monotonic() + SECONDS
        answers = [each for found in pool.map(lambda seed: read(site.url, paths, seed, until), range(CLIENTS)) for each in found]
    errors = [status for status, _ms in answers if status != 200]
    slow = quantiles([ms for _status, ms in answers], n=100)[94]
    with capsys.disabled():
        told = f"{len(answers)} answers of {len(paths)} pages, p95 {slow:.0f} ms, {len(errors)} errors"
        sys.stdout.write(f"\n{CLIENTS} readers for {SECONDS} s: {told}")
    assert errors == []
    assert slow <= SLOWEST_MS


def public_pages(url: str) -> list[str]:
    """Every page that links lead to from the three home pages, but for forms and files, which are never kept."""
    seen, forms, to_read = set(), set(), {"/fr/", "/nl/", "/en/"}
    with httpx.Client(headers={"Accept-Encoding": "gzip"}, timeout=60) as client:
        while to_read:
            path = to_read.pop()
            answer = client.get(urljoin(url, path))
            seen.add(path)
            client.cookies.clear()
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                to_read |= set(LINK.findall(answer.text)) - seen
                forms |= set() if "ETag" in answer.headers else {path}
            else:
                forms.add(path)
    return sorted(seen - forms)


def warm(url: str, paths: list[str]) -> None:
    """Each web process has its own memory, and a new connection comes to any of them."""
    with httpx.Client(base_url=url, headers={"Accept-Encoding": "gzip", "Connection": "close"}, timeout=60) as client:
        for _pass in range(PASSES):
            for path in paths:
                client.get(path)
                client.cookies.clear()


def read(url: str, paths: list[str], seed: int, until: float) -> list[tuple[int, float]]:
    """One reader without a pause, and without cookies. By the standard library's client: twenty of them share two cores with the site."""
    mine = Random(seed).sample(paths, len(paths))
    headers = {"Accept-Encoding": "gzip", "X-Forwarded-For": f"10.3.0.{seed}"}
    connection, answers = HTTPConnection(urlsplit(url).netloc, timeout=60), []
    for path in cycle(mine):
        begun = time.monotonic()
        connection.request("GET", quote(path), headers=headers)
        answer = connection.getresponse()
        answer.read()
        answers.append((answer.status, (time.monotonic() - begun) * 1000))
        if time.monotonic() > until:
            break
    connection.close()
    return answers
