"""`make bench`: 200 people enrol at once through the real form on 20 seats, against gunicorn and PostgreSQL; then the rate of the form
beside that of a bare sign-up, in turns."""

import os
import re
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import psycopg
import pytest

from tests.serving import ROOT, Served, free_port

PEOPLE = 200
SEATS = 20
RUNS = 20
LONGEST_MEDIAN = 2.0  # seconds
TLS = ssl.create_default_context()
FIELD = re.compile(r'name="(csrfmiddlewaretoken|started)"[^>]*value="([^"]+)"')
CLIENTS, ROUNDS, A_ROUND = 8, 4, 40
LEAST_RATIO = 0.25


def empty_session(database: str, number: int = 0) -> str:
    """The reference of an upcoming session, emptied and given exactly the seats, for anybody: the demo keeps some of them for sectors."""
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "select s.id, s.reference from trainings_session s join trainings_meeting m on m.session_id = s.id "
            "where s.status = 'published' group by 1, 2 having min(m.starts_at) > now() + interval '20 days' "
            "order by min(m.starts_at) limit 1 offset %s",
            [number],
        ).fetchone()
        assert row
        for table in ("enrolmenttransition", "announcedmeeting", "attendance"):
            connection.execute(
                f"delete from trainings_{table} where enrolment_id in (select id from trainings_enrolment where session_id = %s)", [row[0]]
            )
        connection.execute("delete from trainings_enrolment where session_id = %s", [row[0]])
        connection.execute(
            "update trainings_session set capacity = %s, kept_seats = 0, most_per_organisation = null where id = %s", [SEATS, row[0]]
        )
    return str(row[1])


def browser(number: int) -> httpx.Client:
    """A client of its own address. They share one TLS context: each would read 200 kB of certificates for a plain-text address."""
    return httpx.Client(timeout=120, verify=TLS, headers={"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"})


def filled(client: httpx.Client, url: str, email: str) -> dict[str, str]:
    """What a person types in the form of `url`, with its hidden values."""
    return dict(FIELD.findall(client.get(url).text)) | {"name": "Une Personne", "email": email, "language": "fr", "website": ""}


def enrol(url: str, number: int) -> tuple[int, float]:
    """One person with a browser's steps: read the form, take two seconds, send it. Shape: (status, seconds of the POST)."""
    with browser(number) as client:
        person = filled(client, url, f"p{number}@example.org")
        time.sleep(2.1)
        begun = time.perf_counter()
        answer = client.post(url, data=person, headers={"Referer": url})
        return answer.status_code, time.perf_counter() - begun


def run_of_200(site: Served, database: str, people: range) -> list[float]:
    """One rush of other people on an empty session: the seats are filled, the others wait in order. Shape: seconds of POSTs, sorted."""
    reference = empty_session(database)
    url = f"{site.url}/fr/inscription/{reference}/"
    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = list(pool.map(lambda number: enrol(url, number), people))
    assert Counter(status for status, _seconds in outcomes) == {302: PEOPLE}
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "select e.status, e.queued_at from trainings_enrolment e join trainings_session s on s.id = e.session_id "
            "where s.reference = %s order by e.id",
            [reference],
        ).fetchall()
    assert Counter(status for status, _queued in rows) == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}
    queue = [queued for status, queued in rows if status == "waiting"]
    assert queue == sorted(set(queue)), "the list is in the order in which people were written, without two in one place"
    return sorted(seconds for _status, seconds in outcomes)


def bench_200_people_enrol_at_once(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    runs = [run_of_200(site, database, range(first, first + PEOPLE)) for first in range(10_000, 10_000 + RUNS * PEOPLE, PEOPLE)]
    medians = [median(seconds) for seconds in runs]
    with capsys.disabled():
        print(f"\n{PEOPLE} enrolments at once on {SEATS} seats, list in order: exact in {len(runs)} of {RUNS} runs")
        print(f"the POST: median {median(medians):.2f} s (of each run: {min(medians):.2f} to {max(medians):.2f}),", end=" ")
        print(f"slowest {max(seconds[-1] for seconds in runs):.2f} s")
    assert median(medians) <= LONGEST_MEDIAN


@contextmanager
def bare_server(database: str, folder: Path) -> Iterator[str]:
    """The bare sign-up on a gunicorn like the demo's: the same workers and threads, the same database."""
    port = free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.bare_settings", "DATABASE_URL": database, "VAR_DIR": str(folder)}
    command = [sys.executable, "-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        url = f"http://localhost:{port}"
        for _attempt in range(100):
            try:
                httpx.get(url, timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def rate(send: Callable[[int], int], numbers: range) -> float:
    """Requests a second with eight clients at once."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = set(pool.map(send, numbers))
    assert statuses <= {200, 302}, statuses
    return len(numbers) / (time.perf_counter() - begun)


def bench_enrolments_a_second_beside_a_bare_sign_up(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Ours writes the person, the enrolment, its history, the mail and its task; checks token, trap and limits; the bare one inserts."""
    site, database = busy
    own_url = f"{site.url}/fr/inscription/{empty_session(database, 1)}/"
    bare_reference = empty_session(database, 2)
    with bare_server(database, site.folder) as bare:
        clients = [browser(1000 + number) for number in range(ROUNDS * A_ROUND)]
        forms = [filled(client, own_url, f"own{number}@example.org") for number, client in enumerate(clients)]
        time.sleep(2.1)
        rates = []
        for each in range(ROUNDS):
            numbers = range(each * A_ROUND, (each + 1) * A_ROUND)
            own = rate(lambda n: clients[n].post(own_url, data=forms[n], headers={"Referer": own_url}).status_code, numbers)
            simple = rate(
                lambda n: clients[n].post(f"{bare}/bare/{bare_reference}/", data={"email": f"bare{n}@example.org"}).status_code, numbers
            )
            rates.append((own, simple))
        for client in clients:
            client.close()
    own, simple = (median(each) for each in zip(*rates, strict=True))
    with capsys.disabled():
        print(f"\nenrolments a second: {own:.0f}; bare locked inserts: {simple:.0f}; ratio {own / simple:.2f} (bar {LEAST_RATIO})")
    assert own / simple >= LEAST_RATIO
