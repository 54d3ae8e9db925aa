"""Attendance: one row per enrolment and meeting; and every mark that was sent for it."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.enums import AttendanceStatus
from trainings.models.enrolments import Enrolment
from trainings.models.sessions import Meeting


class MarkSource(models.TextChoices):
    """How a mark came about."""

    ROLL = "roll", _("roll call")
    ALL_PRESENT = "all_present", _("all present")
    CLOSING = "closing", _("roll call closed")
    PAPER = "paper", _("typed from paper")
    CHECK_IN = "check_in", _("confirmed by the person")


class MarkOutcome(models.TextChoices):
    """What became of a mark that was sent."""

    KEPT = "kept", _("kept")
    SAME = "same", _("said already")
    # Two people noted the same person differently, neither knowing of the other.
    CONFLICT = "conflict", _("to decide")
    TAKEN = "taken", _("decided for it")
    SET_ASIDE = "set_aside", _("decided against it")
    # The same sender noted something else afterwards.
    REPLACED = "replaced", _("replaced")


class Attendance(models.Model):
    """One enrolment at one meeting."""

    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="attendances")
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("status"), max_length=10, choices=AttendanceStatus)
    minutes = models.PositiveSmallIntegerField(_("minutes attended"), default=0, validators=[MaxValueValidator(24 * 60)])
    source = models.CharField(_("source"), max_length=12, choices=MarkSource, default=MarkSource.ROLL)
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


class AttendanceMark(models.Model):
    """One mark as it was sent: what was noted, what its sender saw then, and what became of it. Sent twice, it is one row."""

    client_id = models.UUIDField(_("key given by the device"), unique=True)
    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="marks")
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="marks")
    # Empty: the mark was taken away.
    status = models.CharField(_("status"), max_length=10, choices=AttendanceStatus, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes attended"), default=0)
    seen_status = models.CharField(_("status seen"), max_length=10, choices=AttendanceStatus, blank=True)
    seen_minutes = models.PositiveSmallIntegerField(_("minutes seen"), default=0)
    source = models.CharField(_("source"), max_length=12, choices=MarkSource, default=MarkSource.ROLL)
    marked_at = models.DateTimeField(_("marked at"))
    received_at = models.DateTimeField(_("received at"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("marked by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=MarkOutcome)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["received_at", "pk"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        indexes: ClassVar = [models.Index(fields=["meeting", "outcome"], name="trainings_mark_outcome")]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.get_status_display()}"
