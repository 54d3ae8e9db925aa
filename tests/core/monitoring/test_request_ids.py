"""One id from the request to its answer, its log lines, its tasks and the worker that runs them."""

import logging
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from core.monitoring.request_ids import current_id, under_id
from core.worker.traced import TracedWorker
from tests.core.mailing import write_mail

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
        worker = TracedWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="of-the-test",
        )
        worker.run_task(DBTaskResult.objects.get(args_kwargs__request_id=GIVEN))
    finally:
        logging.getLogger("django.tasks").removeHandler(handler)
    assert set(seen) == {GIVEN}
    assert current_id() == ""
