"""The health page: green when database, worker and mail are well; it says what is not, and why, and tells strangers nothing else."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.health import checks, registry
from core.models import OutgoingMail
from core.worker.heartbeat import deregister, record_heartbeat
from tests.core.factories import DutyFactory
from tests.core.mailing import write_mail

pytestmark = pytest.mark.django_db
LATE = checks.WAITS_AT_MOST + datetime.timedelta(minutes=1)
PUBLIC = {check.name for check in registry.registered() if check.is_public}


@pytest.fixture(autouse=True)
def _worker(db: None) -> None:
    record_heartbeat("one", timezone.now())


def answer(client: Client, query: str = "") -> tuple[int, dict[str, str]]:
    """The status, and the reason of each check that is in trouble."""
    response = client.get(f"/healthz{query}")
    body = response.json()
    found = {name: each["reason"] for name, each in body["checks"].items() if each["status"] != "well"}
    assert (body["status"] == "trouble") == bool(found) == (response.status_code == 503)
    return response.status_code, found


def test_all_is_well(client: Client) -> None:
    write_mail()
    assert answer(client) == (200, {})
    assert set(client.get("/healthz").json()["checks"]) == PUBLIC
    assert {"database", "worker", "mail", "tasks", "duties"} <= PUBLIC


def test_no_worker_is_heard_of(client: Client) -> None:
    deregister("one")
    assert answer(client) == (503, {"worker": "none_alive"})


def test_a_reason_is_said_in_a_sentence_as_well_whatever_the_browser_speaks(client: Client) -> None:
    deregister("one")
    shown = client.get("/healthz", headers={"accept-language": "nl"}).json()["checks"]["worker"]
    assert shown == {"status": "trouble", "reason": "none_alive", "words": "No worker was heard of for a minute."}


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_worker_fell_silent_or_its_heartbeat_comes_from_the_future(client: Client, minutes: int) -> None:
    """The clock was set back: a worker that died before would seem to live."""
    record_heartbeat("one", timezone.now() + datetime.timedelta(minutes=minutes))
    assert answer(client) == (503, {"worker": "none_alive"})


def test_a_mail_waits_too_long_for_its_first_try(client: Client) -> None:
    write_mail(now=timezone.now() - LATE)
    assert answer(client) == (503, {"mail": "waits"})


def test_a_try_is_overdue(client: Client) -> None:
    mail = write_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=1)
    DBTaskResult.objects.update(run_after=timezone.now() - LATE)
    assert answer(client) == (503, {"mail": "waits"})


def test_a_mail_that_waits_for_its_next_try_is_no_trouble(client: Client) -> None:
    """One full mailbox somewhere must not wake anybody up."""
    mail = write_mail(now=timezone.now() - LATE)
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=3, latest_error="452")
    DBTaskResult.objects.update(run_after=timezone.now() + datetime.timedelta(hours=1))
    assert answer(client)[0] == 200


def test_another_task_waits_too_long(client: Client) -> None:
    write_mail()
    DBTaskResult.objects.update(task_path="publications.tasks.read_file", enqueued_at=timezone.now() - LATE)
    assert answer(client) == (503, {"tasks": "waits"})


def test_a_duty_failed(client: Client) -> None:
    DutyFactory(last_error="ValueError: private@example.org")
    assert answer(client) == (503, {"duties": "failed"})
    assert b"private" not in client.get("/healthz").content


def test_a_duty_did_not_run(client: Client) -> None:
    DutyFactory(next_run_at=timezone.now() - datetime.timedelta(minutes=20))
    assert answer(client) == (503, {"duties": "late"})


def test_duties_whose_turn_is_to_come_are_no_trouble(client: Client) -> None:
    DutyFactory()
    assert answer(client)[0] == 200


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise DatabaseError("server closed the connection: host=secret")

    monkeypatch.setattr(checks.connection, "cursor", broken)


@pytest.mark.usefixtures("broken")
def test_the_database_does_not_answer(client: Client) -> None:
    """What needs it is unknown, and nobody waits for it a second time."""
    status, found = answer(client)
    assert status == 503
    assert found["database"] == "unreachable"
    assert found["worker"] == found["mail"] == found["duties"] == "unknown"
    assert b"secret" not in client.get("/healthz").content


@pytest.mark.usefixtures("broken")
def test_a_process_that_answers_lives_and_is_ready_only_with_a_database(client: Client) -> None:
    """Who restarts processes asks `?live`, who sends readers asks `?ready`: neither stops a site because a mail waits."""
    assert answer(client, "?live") == (200, {})
    assert answer(client, "?ready") == (503, {"database": "unreachable"})


def test_an_old_mail_takes_no_process_out_of_service(client: Client) -> None:
    write_mail(now=timezone.now() - LATE)
    assert answer(client, "?ready") == answer(client, "?live") == (200, {})


def test_nothing_is_kept_and_nobody_is_named(client: Client) -> None:
    write_mail(to="private@example.org")
    response = client.get("/healthz")
    assert "no-store" in response["Cache-Control"]
    assert b"private" not in response.content
    assert not response.cookies
    assert client.post("/healthz").status_code == 405


def test_it_is_cheap(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(16):
        client.get("/healthz")
    with django_assert_max_num_queries(0):
        client.get("/healthz?live")
