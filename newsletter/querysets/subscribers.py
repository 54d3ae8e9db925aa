"""Reads of readers and of addresses that get nothing."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef

from newsletter.addresses import address_key
from newsletter.enums.readers import SubscriberStatus


class SuppressionQuerySet(models.QuerySet):
    """Addresses that get nothing."""

    def holds(self, email: str) -> bool:
        """Whether this address is suppressed. One lookup in a unique index."""
        return self.of(email).exists()

    def of(self, email: str) -> "SuppressionQuerySet":
        """The row of one address, if it is suppressed."""
        return self.filter(address_key=address_key(email))


class SubscriberQuerySet(models.QuerySet):
    """Readers."""

    def subscribed(self) -> "SubscriberQuerySet":
        return self.filter(status=SubscriberStatus.SUBSCRIBED)

    def not_suppressed(self) -> "SubscriberQuerySet":
        """Without the addresses that are suppressed, whatever their status says."""
        suppressions = self.model._meta.apps.get_model("newsletter", "Suppression").objects
        return self.filter(~Exists(suppressions.filter(address_key=OuterRef("address_key"))))

    def sendable(self, language: str, now: datetime.datetime) -> "SubscriberQuerySet":
        """The audience of an edition: readers of its language who wanted it by `now`."""
        return self.audience(now).filter(language=language)

    def audience(self, now: datetime.datetime) -> "SubscriberQuerySet":
        """Everybody who may get mail, in all languages."""
        return self.subscribed().not_suppressed().filter(confirmed_at__lte=now)

    def by_address(self, email: str) -> "SubscriberQuerySet":
        """The reader of this address, however it is written."""
        return self.filter(address_key=address_key(email))
