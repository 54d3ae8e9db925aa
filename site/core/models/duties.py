"""What became of the timed duties."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _


class Duty(models.Model):
    """Where one timed duty stands. What it does and when is code (`core.duties.registry`), known by the same name."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    next_run_at = models.DateTimeField(_("next run"))
    # Set while somebody runs it; nobody else does before that moment.
    claimed_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    last_run_at = models.DateTimeField(_("last run"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_outcome = models.JSONField(_("outcome"), default=dict, blank=True)
    last_error = models.CharField(_("error"), max_length=500, blank=True)
    # The administrators hear of a trouble once, until it is over.
    reported_at = models.DateTimeField(_("administrators told at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = gettext_lazy("timed duty")
        verbose_name_plural = gettext_lazy("timed duties")

    def __str__(self) -> str:
        return self.name

    @property
    def outcome_label(self) -> str:
        """What the last good run did, in the active language."""
        return ", ".join(f"{count} {gettext(kind)}" for kind, count in self.last_outcome.items())
