"""Run in a process of its own on a served database: what each page costs, beside a bare Wagtail page, in turns.

CPU is that of this process: PostgreSQL's own is not in it. Prints one JSON list.
"""

import gzip
import json
import sys
import time
from statistics import median

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from home.models import StandardPage  # noqa: E402
from tests.bench.bare import serve_bare  # noqa: E402

ROUNDS = 25


def cpu_of(client: Client, path: str) -> float:
    begun = time.process_time()
    assert client.get(path).status_code == 200
    return (time.process_time() - begun) * 1000


def bare_cpu(client: Client, path: str) -> float:
    own = StandardPage.serve
    StandardPage.serve = serve_bare
    try:
        with override_settings(ROOT_URLCONF="tests.bench.bare"):
            return cpu_of(client, path)
    finally:
        StandardPage.serve = own


def main(paths: list[str]) -> None:
    client = Client(headers={"host": "localhost"})
    page = StandardPage.objects.live().filter(locale__language_code="fr").first()
    assert page is not None
    costs = []
    for path in paths:
        for _warm in range(3):
            cpu_of(client, path)
            bare_cpu(client, page.url)
        rounds = [(cpu_of(client, path), bare_cpu(client, page.url)) for _round in range(ROUNDS)]
        with CaptureQueriesContext(connection) as queries:
            html = client.get(path).content
        own, bare = (median(each) for each in zip(*rounds, strict=True))
        costs.append({"path": path, "queries": len(queries), "cpu": own, "bare": bare, "gzip": len(gzip.compress(html, 6))})
    sys.stdout.write(json.dumps(costs))


main(sys.argv[1:])
