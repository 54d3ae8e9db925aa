"""Counters of the rate limits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """How often one key (hashed) was used in one scope in the current period."""

    scope = models.CharField(_("form"), max_length=60)
    key = models.CharField(_("keyed hash"), max_length=64)
    count = models.PositiveIntegerField(_("attempts"), default=0)
    until = models.DateTimeField(_("window ends"), db_index=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="core_attempt_once")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"
