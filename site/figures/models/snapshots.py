"""A report that was approved: its bytes, for ever."""

import hashlib
from typing import Any, ClassVar, Never

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models.vocabulary import Programme


class Frozen(Exception):
    """An approved report is never changed and never deleted: a correction is a new version."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Reads of approved reports. What would change rows is refused here as well."""

    def latest_of(self, year: int, programme: str) -> "Snapshot | None":
        """The version that stands."""
        return self.filter(year=year, programme=programme).order_by("-version").first()

    def standing(self) -> "SnapshotQuerySet":
        """The last version of each year and programme."""
        later = Snapshot.objects.filter(
            year=models.OuterRef("year"), programme=models.OuterRef("programme"), version__gt=models.OuterRef("version")
        )
        return self.exclude(models.Exists(later))

    def update(self, **kwargs: Any) -> Never:
        raise Frozen

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise Frozen

    def delete(self) -> Never:
        raise Frozen


class Snapshot(models.Model):
    """What was approved of a year: canonical JSON (`figures.report.canonical`) and its digest."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True, help_text=_("Empty: all together."))
    version = models.PositiveSmallIntegerField(_("version"), validators=[MinValueValidator(1)])
    content = models.BinaryField(_("content"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"))
    note = models.TextField(_("note"), blank=True, help_text=_("Of a correction: the reason."))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year", "programme", "-version"]
        verbose_name = _("approved report")
        verbose_name_plural = _("approved reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "programme", "version"], name="figures_snapshot_version_once"),
            models.CheckConstraint(condition=models.Q(version=1) | ~models.Q(note=""), name="figures_snapshot_correction_has_a_reason"),
        ]
        # The screens of the report have rights of their own: a report is no row.
        permissions: ClassVar = [
            ("view_report", "Can open the report"),
            *((f"view_{programme}_report", f"Can view the report of {programme}") for programme in Programme.values),
        ]

    def __str__(self) -> str:
        return gettext("%(year)s, %(programme)s, version %(version)s") % {
            "year": self.year,
            "programme": self.programme_name,
            "version": self.version,
        }

    @property
    def programme_name(self) -> str:
        return self.get_programme_display() if self.programme else gettext("all programmes")

    @property
    def programmes(self) -> frozenset[Programme]:
        """Those counted together."""
        return frozenset((Programme(self.programme),)) if self.programme else frozenset(Programme)

    @property
    def is_intact(self) -> bool:
        """Whether the bytes are still those that were approved."""
        return hashlib.sha256(bytes(self.content)).hexdigest() == self.sha256

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once."""
        if not self._state.adding:
            raise Frozen
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise Frozen
