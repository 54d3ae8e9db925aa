"""Run in a process of its own on a served database: what each page costs when it is not kept, beside a bare Wagtail page, in turns.

Both go through our WSGI application; what was kept of either is thrown away before each request, so that every page is made. CPU is that of
this process: PostgreSQL's own is not in it. Prints one JSON list.
"""

import gzip
import json
import sys
import time
from statistics import median

import django

django.setup()

from django.core.handlers.wsgi import WSGIRequest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from home.models import StandardPage  # noqa: E402
from tests.bench.bare import serve_bare  # noqa: E402
from tests.core.page_cache.asking import Web  # noqa: E402

ROUNDS = 25


class BareRequest(WSGIRequest):
    """Is answered by the bare URLs. Not by `override_settings`: the next page would pay for new resolvers."""

    urlconf = "tests.bench.bare"


def cpu_of(web: Web, path: str) -> float:
    web.handler.entries.clear()
    begun = time.process_time()
    answer = web.ask(path, HTTP_HOST="localhost")
    taken = (time.process_time() - begun) * 1000
    assert answer.status == 200
    assert not answer.is_from_memory
    return taken


def bare_cpu(web: Web, path: str) -> float:
    own = StandardPage.serve
    StandardPage.serve = serve_bare
    web.handler.request_class = BareRequest
    try:
        return cpu_of(web, path)
    finally:
        StandardPage.serve = own
        web.handler.request_class = WSGIRequest


def main(paths: list[str]) -> None:
    web = Web()
    page = StandardPage.objects.live().filter(locale__language_code="fr").first()
    assert page is not None
    costs = []
    for path in paths:
        for _warm in range(3):
            cpu_of(web, path)
            bare_cpu(web, page.url)
        rounds = [(cpu_of(web, path), bare_cpu(web, page.url)) for _round in range(ROUNDS)]
        with CaptureQueriesContext(connection) as queries:
            cpu_of(web, path)
        html = web.ask(path, HTTP_HOST="localhost").body
        own, bare = (median(each) for each in zip(*rounds, strict=True))
        costs.append({"path": path, "queries": len(queries), "cpu": own, "bare": bare, "gzip": len(gzip.compress(html, 6))})
    sys.stdout.write(json.dumps(costs))


main(sys.argv[1:])
