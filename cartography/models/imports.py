"""Files of places brought by the team: what each row says, what becomes of it, what a person decided."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cartography.enums import ImportStatus, RowDecision, RowOutcome
from cartography.models.places import Place
from core.models import User


class PlaceImport(models.Model):
    """One file: how far it is, and what it holds that nobody reads."""

    filename = models.CharField(_("file"), max_length=120)
    status = models.CharField(_("status"), max_length=10, choices=ImportStatus, default=ImportStatus.CHECKING)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    written_as = models.CharField(_("written as"), max_length=80, blank=True)
    # The headings of the file by our names for them: a row changes these fields of a place, and no other.
    headings = models.JSONField(_("columns"), default=dict, blank=True)
    unused_columns = models.JSONField(_("columns not used"), default=list, blank=True)
    created_at = models.DateTimeField(_("uploaded at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(done__lte=F("total")), name="cartography_import_done_at_most_all")]

    def __str__(self) -> str:
        return f"{self.filename} ({self.created_at:%Y-%m-%d})"


class PlaceImportRow(models.Model):
    """One row as the file has it, under our names for its columns. Erased a month after the import."""

    place_import = models.ForeignKey(PlaceImport, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("place"), max_length=200, blank=True)
    values = models.JSONField(_("values"), default=dict)
    # Rows with one key are one place: the id of the file, else name and municipality.
    key = models.CharField(_("key"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome, default=RowOutcome.PENDING)
    messages = models.JSONField(_("messages"), default=list, blank=True)
    place = models.ForeignKey(Place, verbose_name=_("place of the map"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(_("decision"), max_length=4, choices=RowDecision, default=RowDecision.SKIP)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints: ClassVar = [models.UniqueConstraint(fields=["place_import", "number"], name="cartography_import_row_once")]
        indexes: ClassVar = [models.Index(fields=["place_import", "key"], name="cartography_import_row_key")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
