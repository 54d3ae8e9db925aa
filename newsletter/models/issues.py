"""An issue of the newsletter, its transitions, its preflights."""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from core.lifecycle.transitions import Transition
from newsletter.enums.issues import IssueStatus, MissingEdition, Refusal, SystemNote, note_label
from newsletter.querysets.issues import IssueQuerySet


class Issue(models.Model):
    """One issue, whatever its languages. Its text is in pages, one per language, that share `key`; what was sent is in FrozenEdition."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number"), unique=True)
    month = models.DateField(_("month"), unique=True, help_text=_("The first day of the month."))
    status = models.CharField(_("status"), max_length=10, choices=IssueStatus, default=IssueStatus.DRAFT, editable=False)
    missing_edition = models.CharField(
        _("readers without an edition in their language"), max_length=10, choices=MissingEdition, default=MissingEdition.NOTHING
    )
    send_at = models.DateTimeField(_("to be sent at"), null=True, blank=True)
    started_at = models.DateTimeField(_("sending began at"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("sending ended at"), null=True, blank=True, editable=False)
    pause_reason = models.CharField(_("what stopped the sending"), max_length=300, blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        permissions: ClassVar = [("send_issue", gettext_noop("Can send an issue of the newsletter"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="newsletter_issue_month_is_a_month"),
            models.CheckConstraint(
                condition=~models.Q(status=IssueStatus.SCHEDULED) | models.Q(send_at__isnull=False),
                name="newsletter_issue_scheduled_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return _("No. %(number)s, %(month)s") % {"number": self.number, "month": self.month_name}

    @property
    def month_name(self) -> str:
        """`november 2026` in the active language."""
        return date_format(self.month, "F Y")

    def is_due(self, now: datetime.datetime) -> bool:
        """Whether it is to be sent now, and no worker has started it yet."""
        return self.status == IssueStatus.SCHEDULED and self.send_at is not None and self.send_at <= now

    @property
    def pause_reason_label(self) -> str:
        """Why it was paused or could not be sent, translated where it is a note of ours."""
        return note_label(self.pause_reason)


class IssueTransition(Transition):
    """One change of an issue's status. By nobody: the worker."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=IssueStatus)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=IssueStatus)

    system_notes = (Refusal, SystemNote)

    class Meta(Transition.Meta):
        verbose_name = _("step of an issue")
        verbose_name_plural = _("steps of issues")


class Preflight(models.Model):
    """One run of the checks on the content with this `digest`. Changed content needs another run."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="preflights")
    digest = models.CharField(_("hash of the words checked"), max_length=64)
    findings = models.JSONField(_("findings"), default=list)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("run of the checks")
        verbose_name_plural = _("runs of the checks")

    def __str__(self) -> str:
        return f"{self.issue_id}, {self.at:%Y-%m-%d %H:%M}"


class CheckOverride(models.Model):
    """Why an issue is sent in spite of a finding. Valid for this finding only."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="overrides")
    finding = models.CharField(_("finding"), max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("overruled finding")
        verbose_name_plural = _("overruled findings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "finding"], name="newsletter_override_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="newsletter_override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.reason}"
