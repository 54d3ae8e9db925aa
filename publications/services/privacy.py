"""Addresses of orders are forgotten."""

import datetime

from django.db import transaction

from publications.models import PaperOrder

KEPT = datetime.timedelta(days=90)
ERASED = {"name": "", "email": "", "organisation": "", "street": ""}


@transaction.atomic
def erase_addresses(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Erases who ordered, 90 days after the parcel left or the order was cancelled. Copies, purpose, postal code and municipality
    stay: they are counted once a year and name nobody. Returns how many orders (would) lose their address."""
    due = PaperOrder.objects.with_address_since(now - KEPT)
    return due.count() if dry_run else due.update(erased_at=now, **ERASED)
