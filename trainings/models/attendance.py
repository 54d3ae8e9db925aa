"""Attendance: one row per enrolment and meeting."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.enums import AttendanceStatus
from trainings.models.enrolments import Enrolment
from trainings.models.sessions import Meeting


class Attendance(models.Model):
    """One enrolment at one meeting."""

    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="attendances")
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("status"), max_length=10, choices=AttendanceStatus)
    minutes = models.PositiveSmallIntegerField(_("minutes attended"), default=0, validators=[MaxValueValidator(24 * 60)])
    marked_at = models.DateTimeField(_("marked at"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("marked by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["meeting", "enrolment"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints: ClassVar = [models.UniqueConstraint(fields=["enrolment", "meeting"], name="trainings_attendance_once")]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.get_status_display()}"
