"""Retention of subscriber data: what is deleted when. Sends no mail."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from core.models import OutgoingMail
from core.models.mail import MailStatus
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Bounce, Consent, Reply, Subscriber, SubscriberImportLine, SubscriptionRequest
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.subscribe import VALID

# Unsubscribed and bounced subscribers are kept for a year, to answer why the newsletter stopped; the hash stays.
GONE = datetime.timedelta(days=365)
LINES = datetime.timedelta(days=30)
BOUNCES = datetime.timedelta(days=730)
# Private letters: long enough to answer them, and to see what was done.
REPLIES = datetime.timedelta(days=180)
# The database itself keeps younger proofs (migration 0002).
PROOFS = datetime.timedelta(days=5 * 366)
STOPPED = (SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED, SubscriberStatus.COMPLAINED)


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows past their retention, and a name for them."""

    name: str
    rows: "QuerySet[Any]"


def due(*, now: datetime.datetime) -> list[Rule]:
    """What a run at `now` deletes, in this order."""
    open_request = SubscriptionRequest.objects.filter(email=OuterRef("email"), created_at__gte=now - VALID)
    subscriber = Subscriber.objects.filter(address_key=OuterRef("address_key"))
    changed_lately = Q(transitions__at__gte=now - GONE)
    return [
        Rule(gettext_noop("readers who never confirmed"), Subscriber.objects.filter(
            ~Exists(open_request), status=SubscriberStatus.UNCONFIRMED, created_at__lt=now - VALID
        )),
        # Their text holds the email address and the token of a request.
        Rule(gettext_noop("mails about subscription requests"), OutgoingMail.objects.filter(
            kind__startswith=KINDS, created_at__lt=now - VALID
        ).exclude(status=MailStatus.QUEUED)),
        Rule(gettext_noop("subscription requests"), SubscriptionRequest.objects.filter(created_at__lt=now - VALID)),
        Rule(gettext_noop("readers who left or cannot be reached"), Subscriber.objects.filter(
            status__in=STOPPED, created_at__lt=now - GONE
        ).exclude(pk__in=Subscriber.objects.filter(changed_lately).values("pk"))),
        Rule(gettext_noop("lines of imports"), SubscriberImportLine.objects.filter(subscriber_import__created_at__lt=now - LINES)),
        Rule(gettext_noop("replies"), Reply.objects.filter(at__lt=now - REPLIES)),
        Rule(gettext_noop("bounces"), Bounce.objects.filter(at__lt=now - BOUNCES)),
        Rule(gettext_noop("proofs of consent of nobody any more"), Consent.objects.filter(~Exists(subscriber), at__lt=now - PROOFS)),
    ]  # fmt: skip


def prune_subscribers(*, now: datetime.datetime, dry_run: bool = False) -> dict[str, int]:
    """Deletes rows past their retention; returns how many of each kind (in a dry run: would delete)."""
    counts = {}
    for rule in due(now=now):
        if dry_run:
            counts[rule.name] = rule.rows.count()
            continue
        with transaction.atomic():
            keys = list(rule.rows.values_list("pk", flat=True))
            rule.rows.model._default_manager.filter(pk__in=keys).delete()
            counts[rule.name] = len(keys)
    return counts
