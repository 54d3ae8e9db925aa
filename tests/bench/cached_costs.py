"""Run in a process of its own on a served database: a page from memory beside a bare Django view behind the same WSGI, without middleware,
in turns. CPU is that of this process. Queries are those psycopg was given. Prints one JSON list."""

import json
import sys
import time
from statistics import median

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from tests.core.page_cache.asking import Web  # noqa: E402

ROUNDS, TIMES = 25, 100


def bare() -> Web:
    """A Django that has one view and no middleware."""
    web = Web()
    with override_settings(MIDDLEWARE=[]):
        web.handler = WSGIHandler()
    return web


def cpu_of(web: Web, path: str) -> float:
    begun = time.process_time()
    for _time in range(TIMES):
        answer = web.ask(path, HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
        assert answer.status == 200
    return (time.process_time() - begun) * 1000 / TIMES


def main(paths: list[str]) -> None:
    mine, theirs = Web(), bare()
    costs = []
    for path in paths:
        cpu_of(mine, path)
        with override_settings(ROOT_URLCONF="tests.bench.hello"):
            cpu_of(theirs, "/")
        rounds = []
        for _round in range(ROUNDS):
            own = cpu_of(mine, path)
            with override_settings(ROOT_URLCONF="tests.bench.hello"):
                cpu_of(theirs, "/")
                rounds.append((own, cpu_of(theirs, "/")))
        own, hello = (median(each) for each in zip(*rounds, strict=True))
        costs.append({"path": path, "cpu": own, "bare": hello, "queries": queries(mine, path)})
    sys.stdout.write(json.dumps(costs))


def queries(web: Web, path: str) -> float:
    """Statements a page from memory sends, on the average, by what psycopg was given."""
    connection.ensure_connection()
    sent: list[str] = []
    factory = connection.connection.cursor_factory

    class Counting(factory):  # type: ignore[misc, valid-type]
        def execute(self, query: object, *args: object, **kwargs: object) -> object:
            sent.append(str(query))
            return super().execute(query, *args, **kwargs)

    connection.connection.cursor_factory = Counting
    try:
        for _time in range(TIMES):
            assert web.ask(path, HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip").is_from_memory
    finally:
        connection.connection.cursor_factory = factory
    return len(sent) / TIMES


main(sys.argv[1:])
