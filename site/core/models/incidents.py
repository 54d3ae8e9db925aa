"""What went wrong with the site itself, since when, and who was told."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IncidentQuerySet(models.QuerySet):
    """Incidents."""

    def open(self) -> Self:
        """Those that are not over."""
        return self.filter(ended_at=None)


class Incident(models.Model):
    """A check of `core.health` that failed, from the first look that saw it to the end. Told once, and once that it is over."""

    check_name = models.CharField(_("what"), max_length=40)
    reason = models.CharField(_("reason"), max_length=40)
    began_at = models.DateTimeField(_("began at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    # All has been well since then; over when it stays so for a while.
    well_since = models.DateTimeField(_("well since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("over at"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-began_at", "-pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_name"], condition=Q(ended_at=None), name="core_incident_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason}"
