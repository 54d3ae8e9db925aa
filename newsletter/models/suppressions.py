"""Suppressed email addresses, stored as a hash."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.enums.subscribers import SuppressionReason
from newsletter.querysets.subscribers import SuppressionQuerySet


class Suppression(models.Model):
    """One email address that gets no newsletter. Only its keyed hash is stored, so it outlives deletion and blocks later imports.

    Lifted only by the person, by confirming a new subscription.
    """

    address_key = models.CharField(_("keyed hash of the address"), max_length=64, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=SuppressionReason)
    at = models.DateTimeField(_("since"))

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.address_key[:8]}… ({self.get_reason_display()})"
