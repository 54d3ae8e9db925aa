"""The health page: green when database, worker and mail are well, and it tells strangers nothing else."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import OutgoingMail
from core.views import health
from core.worker.heartbeat import deregister, record_heartbeat
from tests.core.factories import DutyFactory
from tests.core.mailing import write_mail

pytestmark = pytest.mark.django_db
LATE = health.MAIL_WAITS_AT_MOST + datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _worker(db: None) -> None:
    record_heartbeat("one", timezone.now())


def answer(client: Client) -> tuple[int, dict[str, bool]]:
    response = client.get("/healthz")
    return response.status_code, response.json()


def test_all_is_well(client: Client) -> None:
    write_mail()
    assert answer(client) == (200, {"database": True, "worker": True, "mail": True, "duties": True})


def test_no_worker_is_heard_of(client: Client) -> None:
    deregister("one")
    assert answer(client) == (503, {"database": True, "worker": False, "mail": True, "duties": True})


def test_a_worker_fell_silent(client: Client) -> None:
    record_heartbeat("one", timezone.now() - health.WORKER_SEEN_WITHIN - datetime.timedelta(seconds=5))
    assert answer(client)[0] == 503


def test_a_mail_waits_too_long_for_its_first_try(client: Client) -> None:
    write_mail(now=timezone.now() - LATE)
    assert answer(client) == (503, {"database": True, "worker": True, "mail": False, "duties": True})


def test_a_try_is_overdue(client: Client) -> None:
    mail = write_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=1)
    DBTaskResult.objects.update(run_after=timezone.now() - LATE)
    assert answer(client)[0] == 503


def test_a_mail_that_waits_for_its_next_try_is_no_trouble(client: Client) -> None:
    """One full mailbox somewhere must not wake anybody up."""
    mail = write_mail(now=timezone.now() - LATE)
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=3, latest_error="452")
    DBTaskResult.objects.update(run_after=timezone.now() + datetime.timedelta(hours=1))
    assert answer(client)[0] == 200


def test_a_duty_failed(client: Client) -> None:
    DutyFactory(last_error="ValueError: private@example.org")
    response = client.get("/healthz")
    assert (response.status_code, response.json()["duties"]) == (503, False)
    assert b"private" not in response.content


def test_a_duty_did_not_run(client: Client) -> None:
    DutyFactory(next_run_at=timezone.now() - datetime.timedelta(minutes=20))
    assert answer(client)[0] == 503


def test_duties_whose_turn_is_to_come_are_no_trouble(client: Client) -> None:
    DutyFactory()
    assert answer(client)[0] == 200


def test_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise DatabaseError("server closed the connection: host=secret")

    monkeypatch.setattr(health.connection, "cursor", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": False, "worker": False, "mail": False, "duties": False}
    assert b"secret" not in response.content


def test_nothing_is_kept_and_nobody_is_named(client: Client) -> None:
    write_mail(to="private@example.org")
    response = client.get("/healthz")
    assert "no-store" in response["Cache-Control"]
    assert b"private" not in response.content
    assert not response.cookies
    assert client.post("/healthz").status_code == 405
