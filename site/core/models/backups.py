"""Backups that were made."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Backup(models.Model):
    """One archive that was written to its end. Where it is kept, this row does not say: it may be copied away or gone."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    made_at = models.DateTimeField(_("made at"), db_index=True)
    size = models.BigIntegerField(_("size"))

    class Meta:
        ordering: ClassVar = ["-made_at"]
        verbose_name = _("backup")
        verbose_name_plural = _("backups")

    def __str__(self) -> str:
        return self.name
