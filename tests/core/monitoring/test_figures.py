"""What Prometheus reads at /metrics, and who may."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.parser import text_string_to_metric_families

from core.models import Duty, OutgoingMail
from core.monitoring import figures
from core.worker.heartbeat import record_heartbeat
from tests.core.factories import DutyFactory, UserFactory
from tests.core.mailing import write_mail
from tests.core.people import browser_of

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-tests"


@pytest.fixture(autouse=True)
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def read() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample: {(name, labels): figure}."""
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.content.decode())
    return {(sample.name, frozenset(sample.labels.items())): sample.value for family in families for sample in family.samples}


def figure(name: str, **labels: str) -> float | None:
    return read().get((name, frozenset(labels.items())))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ü"])
def test_without_the_token_the_page_does_not_exist(header: str | None) -> None:
    """Exactly as any other URL nobody serves."""
    client = Client(headers={"authorization": header} if header is not None else {})
    answers = [client.get(path, follow=True) for path in ("/metrics", "/nowhere")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.redirect_chain[0][1] for answer in answers] == [302, 302]
    assert b"smes_" not in answers[0].content


def test_nor_does_it_where_no_token_is_set(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": "Bearer "}, follow=True).status_code == 404


def test_nor_for_a_colleague_who_may_do_everything() -> None:
    assert browser_of(UserFactory(is_superuser=True)).get("/metrics", follow=True).status_code == 404


def test_mails_and_the_age_of_the_queue() -> None:
    write_mail()
    OutgoingMail.objects.filter(pk=write_mail().pk).update(status="failed")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(minutes=10))
    assert figure("smes_mails", status="queued") == 1
    assert figure("smes_mails", status="failed") == 1
    assert figure("smes_tasks", status="ready") == 2
    assert 600 <= (figure("smes_queue_age_seconds") or 0) < 660


def test_a_task_for_later_is_no_old_task() -> None:
    write_mail()
    now = timezone.now()
    DBTaskResult.objects.update(enqueued_at=now - datetime.timedelta(hours=3), run_after=now + datetime.timedelta(hours=1))
    assert figure("smes_queue_age_seconds") == 0
    DBTaskResult.objects.update(run_after=now - datetime.timedelta(minutes=1))
    assert 60 <= (figure("smes_queue_age_seconds") or 0) < 90


def test_workers_that_live() -> None:
    record_heartbeat("lives", timezone.now())
    record_heartbeat("gone", timezone.now() - datetime.timedelta(minutes=5))
    assert figure("smes_workers") == 1


def test_duties_and_their_last_run() -> None:
    moment = timezone.now() - datetime.timedelta(hours=2)
    Duty.objects.all().delete()
    DutyFactory(name="prune", last_run_at=moment, last_success_at=moment, last_error="")
    DutyFactory(name="broken", last_run_at=moment, last_success_at=None, last_error="It failed.")
    assert figure("smes_duty_last_success_timestamp_seconds", duty="prune") == pytest.approx(moment.timestamp(), abs=1)
    assert figure("smes_duty_last_success_timestamp_seconds", duty="broken") is None
    assert figure("smes_duty_last_run_timestamp_seconds", duty="broken") == pytest.approx(moment.timestamp(), abs=1)
    assert figure("smes_duties_failed") == 1


def test_the_newsletter_tells_what_it_does_not_know() -> None:
    assert figure("smes_newsletter_deliveries", status="uncertain") == 0


def test_answers_are_timed_by_route_and_never_by_url() -> None:
    Client().get("/nl/nergens/camille/")
    before = figure("smes_answer_seconds_count", route="core:security_txt", status="200") or 0
    Client().get("/.well-known/security.txt")
    assert figure("smes_answer_seconds_count", route="core:security_txt", status="200") == before + 1
    assert not [labels for _name, labels in read() if "camille" in str(labels)]


def test_failed_log_ins_are_counted() -> None:
    def wrong() -> float:
        return figure("smes_logins_total", outcome="wrong") or 0

    before = wrong()
    Client().post("/account/login/", {"login": "camille@example.org", "password": "not it"})
    assert wrong() == before + 1


def test_log_ins_beyond_the_limit_are_counted_as_well(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    before = figure("smes_logins_total", outcome="too_many") or 0
    for _attempt in range(12):
        Client().post("/account/login/", {"login": "camille@example.org", "password": "not it"})
    assert (figure("smes_logins_total", outcome="too_many") or 0) == before + 2


def test_all_of_it_costs_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        read()
    assert len(queries) <= 10


@pytest.fixture
def broken_gauge() -> Iterator[None]:
    def fail(now: datetime.datetime) -> dict[figures.Labels, float]:
        raise DatabaseError

    figures.register([figures.Gauge(name="smes_broken", meaning="Fails", read=fail)])
    yield
    del figures._gauges["smes_broken"]


@pytest.mark.usefixtures("broken_gauge")
def test_one_figure_that_cannot_be_read_leaves_the_others() -> None:
    assert figure("smes_workers") == 0
    assert figure("smes_gauges_unread") == 1
