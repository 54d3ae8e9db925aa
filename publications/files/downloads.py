"""Counts downloads without identifying readers.

What counts: a GET for the whole file, by a browser that names itself and is no robot (COUNTER's lists, and crawler-user-agents,
which is renewed every month), once per reader, edition and ten minutes. A request for a range never counts, be it the first piece:
browsers ask for the whole file before they fetch pieces, and what asks for pieces alone resumes or probes. To see "the same reader
again" a keyed hash of client IP and browser is kept for those ten minutes and no longer; the count itself is a number a day.
"""

import datetime

from counter_robots import is_robot_or_machine
from crawleruseragents import is_crawler
from django.db import connection
from django.http import HttpRequest

from core.models import Attempt
from core.web.client import client_ip
from core.web.ratelimit import check_rate_limit

SCOPE = "download"
SAME_READER = datetime.timedelta(minutes=10)
LONGEST_BROWSER_NAME = 300
# How every browser names itself. HTTP libraries (Java, undici, aiohttp) name themselves otherwise, and need no list.
BROWSERS = ("Mozilla/", "Opera/")

# One statement, so that processes never count past one another; the same on PostgreSQL and SQLite.
ADD_ONE = """
    INSERT INTO publications_downloadcount (edition_id, day, count) VALUES (%s, %s, 1)
    ON CONFLICT (edition_id, day) DO UPDATE SET count = publications_downloadcount.count + 1
"""


def counts(request: HttpRequest) -> bool:
    """Whether this request is a download by a person: no HEAD, no range, no prefetch, no robot."""
    browser = request.headers.get("User-Agent", "").strip()[:LONGEST_BROWSER_NAME]
    if request.method != "GET" or "Range" in request.headers or not browser.startswith(BROWSERS):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return not is_robot_or_machine(browser) and not is_crawler(browser)


def count_download(request: HttpRequest, *, edition_id: int, day: datetime.date, now: datetime.datetime) -> bool:
    """Adds one to the day, unless the same reader had the same edition some minutes ago. Returns whether it did."""
    Attempt.objects.filter(scope=SCOPE, until__lt=now).delete()
    reader = f"{edition_id}|{client_ip(request)}|{request.headers.get('User-Agent', '')[:LONGEST_BROWSER_NAME]}"
    if not check_rate_limit(scope=SCOPE, key=reader, limit=1, period=SAME_READER, now=now):
        return False
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, [edition_id, connection.ops.adapt_datefield_value(day)])
    return True
