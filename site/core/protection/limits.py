"""Counters in the database, so that they hold over all processes. Keys are kept as keyed hashes, never as typed."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core.models.limits import Attempt


def allow(*, scope: str, key: str, limit: int, period: datetime.timedelta, now: datetime.datetime) -> bool:
    """Counts one attempt of `key` in `scope`; True while no more than `limit` fell into the running `period`.

    The window is fixed: it begins with the first attempt and starts anew when it is over.
    """
    digest = salted_hmac("core.protection.limits", f"{scope}:{key.lower()}", algorithm="sha256").hexdigest()
    with transaction.atomic():
        attempt, created = Attempt.objects.get_or_create(scope=scope, key=digest, defaults={"count": 1, "until": now + period})
        if created:
            return limit >= 1
        if attempt.until <= now:
            Attempt.objects.filter(pk=attempt.pk).update(count=1, until=now + period)
            return limit >= 1
        Attempt.objects.filter(pk=attempt.pk).update(count=F("count") + 1)
        attempt.refresh_from_db(fields=["count"])
        return attempt.count <= limit


def client_address(request: HttpRequest) -> str:
    """The reader's IP. Behind the proxies of TRUSTED_PROXY_COUNT the matching entry of X-Forwarded-For (ASVS 5.0 §15.3.4)."""
    proxies: int = getattr(settings, "TRUSTED_PROXY_COUNT", 0)
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old(*, now: datetime.datetime) -> int:
    """Deletes the counters that are over; returns how many."""
    return Attempt.objects.filter(until__lt=now).delete()[0]
