"""Rate limits, counted in the database so that they hold across processes. Keys are stored as keyed hashes, never in clear."""

import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core.models.limits import Attempt

# One statement, so that processes never count past one another; the same on PostgreSQL and SQLite.
COUNT = """
    INSERT INTO core_attempt (scope, key, count, until) VALUES (%s, %s, 1, %s)
    ON CONFLICT (scope, key) DO UPDATE SET
        count = CASE WHEN core_attempt.until <= %s THEN 1 ELSE core_attempt.count + 1 END,
        until = CASE WHEN core_attempt.until <= %s THEN excluded.until ELSE core_attempt.until END
    RETURNING count
"""


def check_rate_limit(*, scope: str, key: str, limit: int, period: datetime.timedelta, now: datetime.datetime) -> bool:
    """Counts one attempt by `key` in `scope`; True while at most `limit` attempts fall into the current `period`.

    The window is fixed: it begins with the first attempt, and a new one begins with the first attempt after its end.
    """
    digest = salted_hmac("core.web.ratelimit", f"{scope}:{key.lower()}", algorithm="sha256").hexdigest()
    moment, until = (connection.ops.adapt_datetimefield_value(each) for each in (now, now + period))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [scope, digest, until, moment, moment])
        return bool(cursor.fetchone()[0] <= limit)


def may_write_again(*, scope: str, key: str, now: datetime.datetime) -> bool:
    """Whether one more mail that anybody can trigger may go to this email: limited per hour and per day; both limits count the attempt."""
    hour, day = datetime.timedelta(hours=1), datetime.timedelta(days=1)
    within_hour = check_rate_limit(scope=f"{scope}:hour", key=key, limit=settings.MAIL_LIMIT_PER_HOUR, period=hour, now=now)
    return within_hour and check_rate_limit(scope=f"{scope}:day", key=key, limit=settings.MAIL_LIMIT_PER_DAY, period=day, now=now)


def client_ip(request: HttpRequest) -> str:
    """The reader's IP. Behind the proxies of TRUSTED_PROXY_COUNT the matching entry of X-Forwarded-For (ASVS 5.0 §15.3.4)."""
    proxies: int = getattr(settings, "TRUSTED_PROXY_COUNT", 0)
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def delete_expired(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Deletes the counters whose period is over; returns how many (it would delete, in a dry run)."""
    expired = Attempt.objects.filter(until__lt=now)
    return expired.count() if dry_run else expired.delete()[0]
