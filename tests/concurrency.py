"""Calls that run at the same moment, each in a thread and on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

from django.db import connection


def run_concurrently(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned; all begin together. What one raises is raised here."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=60)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result(timeout=120) for each in [pool.submit(run, call) for call in calls]]


def run_in_background(call: Callable[[], Any]) -> Future[Any]:
    """Begins at once; the caller goes on meanwhile."""

    def run() -> Any:
        try:
            return call()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(run)
    pool.shutdown(wait=False)
    return future


def slowly[**P, R](work: Callable[P, R], seconds: float) -> Callable[P, R]:
    """`work`, and a pause before its answer is used: for controls, which hold open the moment that a lock closes."""

    def work_and_wait(*args: P.args, **kwargs: P.kwargs) -> R:
        answer = work(*args, **kwargs)
        sleep(seconds)
        return answer

    return work_and_wait
