"""Whoever answers for colleagues is known by an email address: in a merge the groups follow the person to the one that is kept."""

from typing import Any

from django.db.models import QuerySet

from core.merging.registry import Merging
from trainings.models import EnrolmentGroup


def groups_of(person: Any) -> QuerySet[EnrolmentGroup]:
    return EnrolmentGroup.objects.filter(contact_email=person.email).select_related("session__module")


def move_groups(merging: Merging) -> None:
    for group in groups_of(merging.removed):
        merging.ledger.change(group, contact_email=merging.kept.email)
