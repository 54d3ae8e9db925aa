"""`make bench`: a full session with a waiting list; 100 people cancel while 100 enrol, through the real pages."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import psycopg
import pytest

from tests.bench.bench_enrolment import FIELD, browser, empty_session, enrol
from tests.serving import Served

SEATS, WAITING, CANCELS, NEWCOMERS = 120, 20, 100, 100


def cancel(site: Served, token: str, number: int) -> tuple[int, float]:
    """One person frees her seat. Shape: (status, seconds of the POST)."""
    url = f"{site.url}/fr/mon-inscription/{token}/annuler/"
    with browser(number) as client:
        hidden = dict(FIELD.findall(client.get(url).text))
        begun = time.perf_counter()
        answer = client.post(url, data=hidden, headers={"Referer": url})
        return answer.status_code, time.perf_counter() - begun


def statuses_in(database: str, reference: str) -> Counter[str]:
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "select e.status from trainings_enrolment e join trainings_session s on s.id = e.session_id where s.reference = %s", [reference]
        ).fetchall()
    return Counter(status for (status,) in rows)


def bench_100_cancel_while_100_enrol(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    reference = empty_session(database, 3)
    with psycopg.connect(database) as connection:
        connection.execute("update trainings_session set capacity = %s where reference = %s", [SEATS, reference])
    url = f"{site.url}/fr/inscription/{reference}/"
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: enrol(url, number), range(2000, 2000 + SEATS + WAITING)))
    assert statuses_in(database, reference) == {"confirmed": SEATS, "waiting": WAITING}
    with psycopg.connect(database) as connection:
        tokens = connection.execute(
            "select e.token from trainings_enrolment e join trainings_session s on s.id = e.session_id "
            "where s.reference = %s and e.status = 'confirmed' order by e.id limit %s",
            [reference, CANCELS],
        ).fetchall()
    with ThreadPoolExecutor(CANCELS + NEWCOMERS) as pool:
        cancels = [pool.submit(cancel, site, token, 3000 + number) for number, (token,) in enumerate(tokens)]
        news = [pool.submit(enrol, url, 4000 + number) for number in range(NEWCOMERS)]
    outcomes = [each.result() for each in [*cancels, *news]]
    assert Counter(status for status, _seconds in outcomes) == {302: CANCELS + NEWCOMERS}
    counts = statuses_in(database, reference)
    # Whoever waited has an offer first; the other seats go to newcomers, or are offered to those who came while it was full.
    assert counts["confirmed"] + counts["offered"] == SEATS
    assert counts["cancelled"] == CANCELS
    assert sum(counts.values()) == SEATS + WAITING + NEWCOMERS
    with psycopg.connect(database) as connection:
        mails = connection.execute(
            "select count(*), count(distinct m.about) from core_outgoingmail m "
            "join trainings_enrolment e on m.about = 'enrolment:' || e.id "
            "join trainings_session s on s.id = e.session_id where s.reference = %s and m.kind = 'trainings/mail/seat_offered'",
            [reference],
        ).fetchone()
    assert mails == (counts["offered"], counts["offered"]), "each offer was told once"
    with capsys.disabled():
        print(f"\n{CANCELS} cancellations against {NEWCOMERS} enrolments on {SEATS} seats, {WAITING} waiting: {dict(counts)}")
        print(f"the POST: median {median(seconds for _status, seconds in outcomes):.2f} s")
