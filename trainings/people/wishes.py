"""Wishes to hear of a date are known by an email address: in a merge they follow the person to the one that is kept."""

from typing import Any

from django.db.models import QuerySet

from core.merging.registry import Merging
from trainings.models import Interest


def wishes_of(person: Any) -> QuerySet[Interest]:
    return Interest.objects.filter(email__iexact=person.email).select_related("module")


def move_wishes(merging: Merging) -> None:
    """One open wish a module: of two, the confirmed one counts."""
    kept = {wish.module_id: wish for wish in wishes_of(merging.kept).filter(notified_at=None)}
    for wish in wishes_of(merging.removed):
        own = kept.get(wish.module_id)
        if own is None or wish.notified_at is not None:
            merging.ledger.change(wish, email=merging.kept.email)
            continue
        if wish.confirmed_at and not own.confirmed_at:
            merging.ledger.change(own, confirmed_at=wish.confirmed_at)
        merging.ledger.remove(wish)
