"""Download counts: one number per edition and day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from publications.models.editions import Edition


class DownloadCount(models.Model):
    """The downloads of one edition on one day."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="download_counts")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        ordering: ClassVar = ["-day"]
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "day"], name="publications_download_day_once")]

    def __str__(self) -> str:
        return f"{self.edition}, {self.day}: {self.count}"
