"""`make bench`: 200 people enrol at once through the real form on 20 seats, against gunicorn and PostgreSQL."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import httpx
import psycopg
import pytest

from tests.conftest import database_of
from tests.serving import Served, served

PEOPLE = 200
SEATS = 20
FIELD = re.compile(r'name="(csrfmiddlewaretoken|started)"[^>]*value="([^"]+)"')


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A site whose limits see one address per client, as behind a proxy."""
    database = database_of("bench")
    with served(tmp_path_factory.mktemp("bench"), database_url=database, TRUSTED_PROXY_COUNT="1") as site:
        yield site, database


def empty_session(database: str) -> str:
    """The reference of an upcoming session, emptied and given exactly the seats."""
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "select s.id, s.reference from trainings_session s join trainings_meeting m on m.session_id = s.id "
            "where s.status = 'published' group by 1, 2 having min(m.starts_at) > now() + interval '20 days' "
            "order by min(m.starts_at) limit 1"
        ).fetchone()
        assert row
        for table in ("enrolmenttransition", "attendance"):
            connection.execute(
                f"delete from trainings_{table} where enrolment_id in (select id from trainings_enrolment where session_id = %s)", [row[0]]
            )
        connection.execute("delete from trainings_enrolment where session_id = %s", [row[0]])
        connection.execute("update trainings_session set capacity = %s where id = %s", [SEATS, row[0]])
    return str(row[1])


def enrol(url: str, number: int) -> tuple[int, float]:
    """One person with a browser's steps: read the form, take two seconds, send it. Shape: (status, seconds of the POST)."""
    with httpx.Client(timeout=120, headers={"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}) as client:
        fields = dict(FIELD.findall(client.get(url).text))
        time.sleep(2.1)
        person = fields | {"name": f"Personne {number}", "email": f"p{number}@example.org", "language": "fr", "website": ""}
        begun = time.perf_counter()
        answer = client.post(url, data=person, headers={"Referer": url})
        return answer.status_code, time.perf_counter() - begun


def bench_200_people_enrol_at_once(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    url = f"{site.url}/fr/inscription/{empty_session(database)}/"
    begun = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = list(pool.map(lambda number: enrol(url, number), range(PEOPLE)))
    whole = time.perf_counter() - begun
    assert {status for status, _seconds in outcomes} == {302}
    with psycopg.connect(database) as connection:
        counts = dict(
            connection.execute(
                "select e.status, count(*) from trainings_enrolment e join trainings_session s on s.id = e.session_id "
                "where s.reference = %s group by 1",
                [url.rstrip("/").rpartition("/")[2]],
            ).fetchall()
        )
    assert counts == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}
    seconds = sorted(seconds for _status, seconds in outcomes)
    with capsys.disabled():
        print(f"\n{PEOPLE} enrolments at once on {SEATS} seats: {counts}, {whole:.1f} s in all")
        print(f"the POST: median {median(seconds):.2f} s, slowest {seconds[-1]:.2f} s")


def bench_pages(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Milliseconds and compressed kilobytes of the main pages, one client, median of 15."""
    site, _database = busy
    lines = []
    with httpx.Client(base_url=site.url, timeout=60) as client:
        for path in ("/fr/", "/fr/formations/", "/fr/recherche/?q=logement", "/fr/formations/overdose/"):
            times = []
            for _round in range(15):
                begun = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - begun) * 1000)
                assert answer.status_code == 200
            lines.append(f"{path:<34} {median(times):6.1f} ms   {int(answer.num_bytes_downloaded) / 1000:5.1f} kB")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
