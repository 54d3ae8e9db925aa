"""Reads of subscribers and suppressions."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from newsletter.addresses import address_key
from newsletter.enums.subscribers import SubscriberStatus


class SuppressionQuerySet(models.QuerySet):
    """Suppressed email addresses."""

    def holds(self, email: str) -> bool:
        """Whether this email address is suppressed. One lookup in a unique index."""
        return self.of(email).exists()

    def of(self, email: str) -> Self:
        """The row of one email address, if it is suppressed."""
        return self.filter(address_key=address_key(email))


class SubscriberQuerySet(models.QuerySet):
    """Subscribers."""

    def subscribed(self) -> Self:
        return self.filter(status=SubscriberStatus.SUBSCRIBED)

    def not_suppressed(self) -> Self:
        """Without suppressed email addresses, whatever their status."""
        suppressions = self.model._meta.apps.get_model("newsletter", "Suppression").objects
        return self.filter(~Exists(suppressions.filter(address_key=OuterRef("address_key"))))

    def sendable(self, language: str, now: datetime.datetime) -> Self:
        """The audience of an edition: subscribers of its language who wanted it by `now`."""
        return self.audience(now).filter(language=language)

    def audience(self, now: datetime.datetime) -> Self:
        """All who may get mail, in all languages."""
        return self.subscribed().not_suppressed().filter(confirmed_at__lte=now)

    def by_email(self, email: str) -> Self:
        """The subscriber with this email address, in any spelling."""
        return self.filter(address_key=address_key(email))
