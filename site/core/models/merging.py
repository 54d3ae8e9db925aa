"""Two rows that were found to be one thing, and two that are not."""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# How long a merge can be undone. What it takes for that is forgotten afterwards.
UNDO_FOR = datetime.timedelta(days=30)


class MergeQuerySet(models.QuerySet):
    """Merges."""

    def of(self, kind: str) -> Self:
        """Those of one kind of row."""
        return self.filter(kind=kind)

    def undoable(self, now: datetime.datetime) -> Self:
        return self.filter(undone_at=None, at__gte=now - UNDO_FOR).exclude(changes=[])

    def past_undoing(self, now: datetime.datetime) -> Self:
        """Those that still know what they changed, although nobody can undo them any more."""
        return self.filter(Q(at__lt=now - UNDO_FOR) | Q(undone_at__isnull=False)).exclude(changes=[])


class Merge(models.Model):
    """One row became part of another. `changes` is what undoing needs, the removed row included; the keys outlive it."""

    kind = models.CharField(_("kind"), max_length=60, help_text=_("The model, e.g. core.organisation"))
    kept_id = models.PositiveBigIntegerField(_("key of what was kept"))
    removed_id = models.PositiveBigIntegerField(_("key of what was removed"))
    changes: Any = models.JSONField(_("changes"), default=list, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("undone by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        indexes: ClassVar = [models.Index(fields=["kind", "kept_id"], name="core_merge_kept")]

    def __str__(self) -> str:
        return f"{self.kind} {self.removed_id} → {self.kept_id}"

    @property
    def undo_until(self) -> datetime.datetime:
        return self.at + UNDO_FOR

    def can_be_undone(self, now: datetime.datetime) -> bool:
        return bool(self.undone_at is None and self.changes and now <= self.undo_until)


class KeptApart(models.Model):
    """Somebody looked at two rows that resemble each other and said that they are not the same."""

    kind = models.CharField(_("kind"), max_length=60)
    first_id = models.PositiveBigIntegerField(_("smaller key"))
    second_id = models.PositiveBigIntegerField(_("greater key"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("pair kept apart")
        verbose_name_plural = _("pairs kept apart")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "first_id", "second_id"], name="core_kept_apart_once"),
            models.CheckConstraint(condition=Q(first_id__lt=models.F("second_id")), name="core_kept_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} ≠ {self.second_id}"
