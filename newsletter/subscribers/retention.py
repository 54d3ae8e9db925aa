"""How long things about readers are kept, and what goes when. Nothing here mails anybody."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.models import OutgoingMail
from core.models.mail import MailStatus
from newsletter.enums.readers import SubscriberStatus
from newsletter.models import Bounce, Consent, Reply, Subscriber, SubscriberImportLine, SubscriptionWish
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.subscribe import VALID

# Who left or cannot be reached keeps a row for a year, for whoever asks why the newsletter stopped; the fingerprint stays.
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
    """Rows that have had their time, and a name for them."""

    name: str
    rows: "QuerySet[Any]"


def due(*, now: datetime.datetime) -> list[Rule]:
    """What a run at `now` deletes, in its order."""
    open_wish = SubscriptionWish.objects.filter(email=OuterRef("email"), created_at__gte=now - VALID)
    reader = Subscriber.objects.filter(address_key=OuterRef("address_key"))
    changed_lately = Q(transitions__at__gte=now - GONE)
    return [
        Rule("readers who never confirmed", Subscriber.objects.filter(
            ~Exists(open_wish), status=SubscriberStatus.UNCONFIRMED, created_at__lt=now - VALID
        )),
        # Their words hold the address and the keys of a wish.
        Rule("mails about wishes", OutgoingMail.objects.filter(
            kind__startswith=KINDS, created_at__lt=now - VALID
        ).exclude(status=MailStatus.QUEUED)),
        Rule("wishes", SubscriptionWish.objects.filter(created_at__lt=now - VALID)),
        Rule("readers who left or cannot be reached", Subscriber.objects.filter(
            status__in=STOPPED, created_at__lt=now - GONE
        ).exclude(pk__in=Subscriber.objects.filter(changed_lately).values("pk"))),
        Rule("lines of imports", SubscriberImportLine.objects.filter(subscriber_import__created_at__lt=now - LINES)),
        Rule("replies", Reply.objects.filter(at__lt=now - REPLIES)),
        Rule("bounces", Bounce.objects.filter(at__lt=now - BOUNCES)),
        Rule("proofs of consent of nobody any more", Consent.objects.filter(~Exists(reader), at__lt=now - PROOFS)),
    ]  # fmt: skip


def prune_readers(*, now: datetime.datetime, dry_run: bool = False) -> dict[str, int]:
    """Deletes what has had its time; returns how many rows of each kind (that it would delete, in a dry run)."""
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
