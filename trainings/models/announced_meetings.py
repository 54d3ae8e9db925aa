"""What each person was last told of a meeting."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.enrolments import Enrolment


class AnnouncedMeeting(models.Model):
    """One meeting as one person knows it from our mails: what her calendar holds, and what a mail about a change compares with.

    The row outlives the meeting and the person's stay in the session: an entry that was once sent must be cancelled one day, or it
    stays in a calendar for ever. `sequence` and `stamped_at` are SEQUENCE and DTSTAMP of RFC 5545.
    """

    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="announced_meetings")
    # No foreign key: the meeting may be gone.
    meeting_id = models.PositiveBigIntegerField(_("meeting"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    summary = models.CharField(_("title"), max_length=255)
    place = models.TextField(_("place"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    stamped_at = models.DateTimeField(_("changed at"))
    is_told = models.BooleanField(_("is told by mail"), default=True)
    is_in_calendar = models.BooleanField(_("is in the person's calendar"), default=False)
    is_withdrawn = models.BooleanField(_("is withdrawn"), default=False)

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        verbose_name = _("announced meeting")
        verbose_name_plural = _("announced meetings")
        constraints: ClassVar = [models.UniqueConstraint(fields=["enrolment", "meeting_id"], name="trainings_announced_meeting_once")]

    def __str__(self) -> str:
        return f"{self.summary} {self.starts_at:%Y-%m-%d %H:%M}"
