"""One id from the request to its answer, its log lines, its tasks and the worker that runs them."""

import logging
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from core.monitoring.application import MonitoredApplication
from core.monitoring.figures import ANSWERS
from core.monitoring.request_ids import current_id, id_of, under_id
from tests.core.mailing import worker_of_the_test, write_mail

pytestmark = pytest.mark.django_db

GIVEN = "7d5f1c0a9e8b4c3d"


def id_of_answer(**headers: str) -> str:
    answer: str = Client().get("/robots.txt", headers=headers)["X-Request-ID"]
    return answer


def test_every_request_has_an_id_of_its_own() -> None:
    first, second = id_of_answer(), id_of_answer()
    assert first != second
    assert len(first) == 32
    assert current_id() == "", "and nothing of it stays"


def test_the_id_of_a_proxy_of_ours_is_kept(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    assert id_of_answer(x_request_id=GIVEN) == GIVEN


def test_the_id_of_a_stranger_is_not(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 0
    assert id_of_answer(x_request_id=GIVEN) != GIVEN


@pytest.mark.parametrize("odd", ["short", "x" * 65, "camille@example.org", "a b c d e f g h", "12345678\u2028", "<script>x</script>"])
def test_what_is_no_id_is_not_kept_from_anybody(settings: Any, odd: str) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    assert id_of_answer(x_request_id=odd) != odd


def test_a_task_remembers_the_request_that_left_it() -> None:
    with under_id(GIVEN):
        mail = write_mail()
    task = DBTaskResult.objects.get(args_kwargs__args=[mail.pk], args_kwargs__request_id=GIVEN)
    assert task.task_result.args == [mail.pk]


def test_a_task_of_nobody_has_none() -> None:
    write_mail()
    assert "request_id" not in DBTaskResult.objects.latest("enqueued_at").args_kwargs


def test_the_worker_does_its_work_under_that_id(caplog: pytest.LogCaptureFixture) -> None:
    """Its lines, and the lines of the mail it sends."""
    with under_id(GIVEN):
        write_mail()
    seen: list[str] = []

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(current_id())

    handler = Noting()
    logging.getLogger("django.tasks").addHandler(handler)
    try:
        worker_of_the_test().run_task(DBTaskResult.objects.get(args_kwargs__request_id=GIVEN))
    finally:
        logging.getLogger("django.tasks").removeHandler(handler)
    assert set(seen) == {GIVEN}
    assert current_id() == ""


def test_a_page_from_memory_has_an_id_too_and_is_counted() -> None:
    """It runs no middleware (core.page_cache): the application around it sees to both."""

    def kept(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"kept"]

    def asked(**environ: str) -> dict[str, str]:
        told: dict[str, str] = {}
        MonitoredApplication(kept)(environ, lambda status, headers: told.update(headers))
        return told

    counter = ANSWERS.labels("cached", "200")
    before = counter._sum.get()
    first, second = asked(), asked()
    assert len(first["X-Request-ID"]) == 32
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert counter._sum.get() > before


def test_an_id_that_stands_there_already_is_left_alone() -> None:
    def answered(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("X-Request-ID", GIVEN)])
        return []

    told: list[tuple[str, str]] = []
    MonitoredApplication(answered)({}, lambda status, headers: told.extend(headers))
    assert told == [("X-Request-ID", GIVEN)]


def test_only_a_proxy_in_a_network_of_ours_gives_ids(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert id_of({"HTTP_X_REQUEST_ID": GIVEN, "REMOTE_ADDR": "10.1.2.3"}) == GIVEN
    assert id_of({"HTTP_X_REQUEST_ID": GIVEN, "REMOTE_ADDR": "198.51.100.7"}) != GIVEN
