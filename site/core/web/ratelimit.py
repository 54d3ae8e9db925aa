"""Rate limits, counted in the database so that they hold across processes. Keys are stored as keyed hashes, never in clear."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from core.models.limits import Attempt

# One statement, so that processes never count past one another; the same on PostgreSQL and SQLite. Beyond the limit nothing is written,
# and no row comes back: whoever is refused does not use up what others still have.
COUNT = """
    INSERT INTO core_attempt (scope, key, count, until) VALUES (%s, %s, %s, %s)
    ON CONFLICT (scope, key) DO UPDATE SET
        count = CASE WHEN core_attempt.until <= %s THEN excluded.count ELSE core_attempt.count + excluded.count END,
        until = CASE WHEN core_attempt.until <= %s THEN excluded.until ELSE core_attempt.until END
    WHERE core_attempt.until <= %s OR core_attempt.count + excluded.count <= %s
    RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a limit is used in the current period, and when the next one begins."""

    count: int
    until: datetime.datetime


def check_rate_limit(*, scope: str, key: str, limit: int, period: datetime.timedelta, now: datetime.datetime, cost: int = 1) -> bool:
    """Counts one attempt by `key` in `scope` (or as many as `cost` says); True while at most `limit` fall into the current `period`.

    The window is fixed: it begins with the first attempt, and a new one begins with the first attempt after its end.
    """
    if limit < 1:
        return False
    cost = min(cost, limit)  # what is larger than the whole limit still passes first, and alone
    moment, until = (connection.ops.adapt_datetimefield_value(each) for each in (now, now + period))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [scope, _digest(scope, key), cost, until, moment, moment, moment, limit])
        return cursor.fetchone() is not None


def used(*, scope: str, key: str, now: datetime.datetime) -> Used:
    """What was counted so far; nothing is counted by asking."""
    attempt = Attempt.objects.filter(scope=scope, key=_digest(scope, key), until__gt=now).first()
    return Used(attempt.count, attempt.until) if attempt else Used(0, now)


def may_write_again(*, scope: str, key: str, now: datetime.datetime) -> bool:
    """Whether one more mail that anybody can trigger may go to this email: limited per hour and per day; both limits count the attempt."""
    hour, day = datetime.timedelta(hours=1), datetime.timedelta(days=1)
    within_hour = check_rate_limit(scope=f"{scope}:hour", key=key, limit=settings.MAIL_LIMIT_PER_HOUR, period=hour, now=now)
    return within_hour and check_rate_limit(scope=f"{scope}:day", key=key, limit=settings.MAIL_LIMIT_PER_DAY, period=day, now=now)


def delete_expired(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Deletes the counters whose period is over; returns how many (it would delete, in a dry run)."""
    expired = Attempt.objects.filter(until__lt=now)
    return expired.count() if dry_run else expired.delete()[0]


def _digest(scope: str, key: str) -> str:
    return salted_hmac("core.web.ratelimit", f"{scope}:{key.lower()}", algorithm="sha256").hexdigest()
