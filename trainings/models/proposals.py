"""Proposals to institutions: every version that was sent is kept as it was sent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainings.models.catalogue import Module
from trainings.models.requests import TrainingRequest
from trainings.models.sessions import Session
from trainings.models.trainers import Trainer


class Proposal(models.Model):
    """One version. Until it is sent it is a draft, of which a request has one at most; then nothing of it changes any more."""

    request = models.ForeignKey(TrainingRequest, verbose_name=_("request"), on_delete=models.CASCADE, related_name="proposals")
    version = models.PositiveSmallIntegerField(_("version"))
    introduction = models.TextField(_("what we propose"), blank=True)
    price = models.CharField(_("price, in words"), max_length=400)
    valid_until = models.DateField(_("valid until"))
    trainers = models.ManyToManyField(Trainer, verbose_name=_("trainers"), blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    # The words of the PDF, kept when it is sent: a title that changes later changes no proposal.
    document = models.JSONField(_("words of the document"), default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["version"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "version"], name="trainings_proposal_version_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(sent_at=None), name="trainings_proposal_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.request.reference}-{self.version}"


class ProposalPart(models.Model):
    """One training of a proposal. Once it is planned, the in-house session it became."""

    proposal = models.ForeignKey(Proposal, verbose_name=_("proposal"), on_delete=models.CASCADE, related_name="parts")
    module = models.ForeignKey(Module, verbose_name=_("module"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Only for a training without a module."))
    session = models.OneToOneField(
        Session, verbose_name=_("session"), null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal_part", editable=False
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("training of a proposal")
        verbose_name_plural = _("training courses of a proposal")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(module__isnull=False) | ~Q(title=""), name="trainings_part_has_module_or_title"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The working title."""
        return self.module.name if self.module else self.title


class ProposedMeeting(models.Model):
    """A half-day we propose."""

    part = models.ForeignKey(ProposalPart, verbose_name=_("training"), on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering: ClassVar = ["starts_at"]
        verbose_name = _("proposed meeting")
        verbose_name_plural = _("proposed meetings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="trainings_proposed_meeting_ends_after_it_begins"),
            models.UniqueConstraint(fields=["part", "starts_at"], name="trainings_proposed_meeting_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
