"""Submissions about the map: proposals, reports and edits, in one queue."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cartography.enums import Proposer, ReportReason, SubmissionKind, SubmissionStatus
from cartography.models.places import Place
from cartography.querysets.places import SubmissionQuerySet
from core.fields import TokenField, readable_code
from core.languages import Language, language_display
from core.lifecycle.transitions import Transition
from core.models import User


def new_reference() -> str:
    """8 readable characters, told to whoever sent something."""
    return readable_code(8)


class Submission(models.Model):
    """One submission. Its sender's email is erased some time after the decision."""

    reference = models.CharField(_("reference"), max_length=8, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=SubmissionKind)
    status = models.CharField(_("status"), max_length=12, choices=SubmissionStatus)
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.CASCADE, null=True, blank=True, related_name="submissions")
    values = models.JSONField(_("what is proposed"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    email = models.EmailField(_("address of the sender"), max_length=254, blank=True)
    proposer = models.CharField(_("works for the service"), max_length=8, choices=Proposer, blank=True, help_text=_("Says the sender."))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    token = TokenField(_("key of the mailed link"))
    created_at = models.DateTimeField(_("sent at"))
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(User, verbose_name=_("decided by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decision_note = models.TextField(_("answer to the sender"), max_length=1000, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("message about the map")
        verbose_name_plural = _("messages about the map")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=SubmissionKind.PROPOSAL) | Q(place__isnull=False), name="cartography_submission_about_a_place"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, status__in=[SubmissionStatus.UNCONFIRMED, SubmissionStatus.OPEN])
                | Q(decided_at__isnull=False, status__in=[SubmissionStatus.ACCEPTED, SubmissionStatus.REFUSED]),
                name="cartography_submission_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def is_from_service(self) -> bool:
        """Whether the service itself is known to speak: its sender says so, and confirmed an email that is the service's own.

        Its own: the one proposed for the map, or one at the domain of its website. A word alone is anybody's.
        """
        if self.proposer != Proposer.SERVICE or not self.confirmed_at:
            return False
        email, domain = self.email.lower(), self.email.lower().rpartition("@")[2]
        host = (urlsplit(self.values.get("website", "")).hostname or "").lower()
        return bool(domain) and (email == self.values.get("email", "").lower() or host == domain or host.endswith(f".{domain}"))


class SubmissionTransition(Transition):
    """One change of a message's status. By nobody: its sender."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("message about the map"), on_delete=models.CASCADE, related_name="transitions"
    )
    from_status = models.CharField(_("from"), max_length=12, choices=SubmissionStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=12, choices=SubmissionStatus)
