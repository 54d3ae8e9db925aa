"""Files: a request that is followed from the first meeting on, and what was done for it. Counts and dates; no text about anybody."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from core.lifecycle.transitions import Transition
from followup.enums import FILE_ENDS, EventKind, FileStatus
from followup.models.requests import Request, new_reference
from followup.querysets.files import FileQuerySet

LONGEST_EVENT = 24 * 60


class File(models.Model):
    """What is done for a request. Whose it is, sector, pillar and reason stand in the request: one place for each fact."""

    request = models.OneToOneField(Request, verbose_name=_("request"), on_delete=models.PROTECT, related_name="file")
    reference = models.CharField(_("reference"), max_length=8, unique=True, default=new_reference, editable=False)
    opened_on = models.DateField(_("opened on"), help_text=_("The day of the first meeting, in person or by video."))
    status = models.CharField(_("status"), max_length=10, choices=FileStatus, default=FileStatus.OPEN, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("team"), blank=True, related_name="+", help_text=_("Who works on it, and may read it.")
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    next_step_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who does it"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FileQuerySet.as_manager()

    if TYPE_CHECKING:
        # Added by `with_latest_event`.
        heard_on: datetime.date

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        verbose_name = pgettext_lazy("follow-up", "file")
        verbose_name_plural = pgettext_lazy("follow-up", "files")
        permissions: ClassVar = [("view_any_file", gettext_noop("Can read every file"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=FILE_ENDS, closed_on__isnull=False) | (~Q(status__in=FILE_ENDS) & Q(closed_on=None)),
                name="followup_file_over_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="followup_file_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=~Q(next_step="") | Q(next_step_on=None, next_step_by=None), name="followup_file_next_step_says_what"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["opened_on", "closed_on"], name="followup_file_days")]

    def __str__(self) -> str:
        return f"{self.request.asked_by} ({self.reference})"

    @property
    def is_over(self) -> bool:
        """Closed or broken off."""
        return self.status in FILE_ENDS


class FileTransition(Transition):
    """One change of a file's status."""

    file = models.ForeignKey(File, verbose_name=pgettext_lazy("follow-up", "file"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=FileStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=FileStatus)


class FileEvent(models.Model):
    """Something that was done for a file: kind, day, and if somebody counts them minutes and people met."""

    file = models.ForeignKey(File, verbose_name=pgettext_lazy("follow-up", "file"), on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=14, choices=EventKind)
    held_on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("how many people met"), null=True, blank=True)
    label = models.CharField(_("short label"), max_length=80, blank=True, help_text=_("For example: with the direction. No names."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted at"), editable=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        verbose_name = _("event of a file")
        verbose_name_plural = _("events of files")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=LONGEST_EVENT), name="followup_event_within_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "held_on"], name="followup_event_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.held_on}"
