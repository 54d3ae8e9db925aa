"""Requests of institutions: a training for a team, from the first mail to the last meeting."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import TokenField, readable_code
from core.languages import language_display
from core.lifecycle.transitions import Transition
from core.models import Organisation
from trainings.enums import Language
from trainings.models.catalogue import Module
from trainings.models.payments import PaymentRequest
from trainings.models.questionnaires import AnswerSet


class RequestStatus(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", _("received")
    ANALYSIS = "analysis", _("analysis of needs")
    PROPOSAL = "proposal", _("proposal sent")
    ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


ENDS = {RequestStatus.DECLINED, RequestStatus.WITHDRAWN}
REQUEST_TRANSITIONS: dict[str, set[str]] = {
    RequestStatus.RECEIVED: {RequestStatus.ANALYSIS, RequestStatus.PROPOSAL, *ENDS},
    # Asked once more, where the first answers left something open.
    RequestStatus.ANALYSIS: {RequestStatus.ANALYSIS, RequestStatus.PROPOSAL, *ENDS},
    # Another version, or back to what is needed.
    RequestStatus.PROPOSAL: {RequestStatus.PROPOSAL, RequestStatus.ANALYSIS, RequestStatus.ACCEPTED, *ENDS},
    RequestStatus.ACCEPTED: {RequestStatus.PLANNED, *ENDS},
    RequestStatus.PLANNED: {RequestStatus.DONE, *ENDS},
    RequestStatus.DONE: set(),
    RequestStatus.DECLINED: set(),
    RequestStatus.WITHDRAWN: set(),
}
OPEN_REQUESTS = tuple(status for status, following in REQUEST_TRANSITIONS.items() if following)


class Turn(models.TextChoices):
    """Whose step is the next."""

    OURS = "ours", _("waits for us")
    THEIRS = "theirs", _("waits for the organisation")
    NOBODYS = "nobodys", _("nothing to do")


class RequestNote(models.TextChoices):
    """What we ourselves note beside a change of status."""

    CHANGES_ASKED = "changes_asked", _("Changes to the proposal were asked for.")
    BY_LINK = "by_link", _("By the link of the mail.")
    ALL_OVER = "all_over", _("The last meeting is over.")
    ERASED = "erased", _("The contact person asked to be forgotten.")


def request_reference() -> str:
    """8 readable characters an institution can quote on the phone; they stand on the proposal too."""
    return readable_code(8)


class TrainingRequest(models.Model):
    """What an institution asks for its people. The contact person is forgotten some time after the end."""

    reference = models.CharField(_("reference"), max_length=8, unique=True, default=request_reference, editable=False)
    token = TokenField(_("key of the mailed link"))
    status = models.CharField(_("status"), max_length=10, choices=RequestStatus, default=RequestStatus.RECEIVED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("in charge"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    module = models.ForeignKey(
        Module,
        verbose_name=_("module"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        help_text=_("Asked for on its sheet. Empty: another subject."),
    )
    organisation_name = models.CharField(_("organisation"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation of the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("contact person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    purpose = models.TextField(_("what for"), blank=True)
    period = models.CharField(_("roughly when"), max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    needs = models.TextField(_("needs, as told"), blank=True)
    # What is asked now; what was answered before stays, by its `about`.
    answer_set = models.OneToOneField(
        AnswerSet, verbose_name=_("questionnaire"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    needs_told_at = models.DateTimeField(_("needs told at"), null=True, blank=True, editable=False)
    # Once the organisation was asked for money.
    payment_request = models.OneToOneField(
        PaymentRequest,
        verbose_name=_("payment request"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="training_request",
        editable=False,
    )
    created_at = models.DateTimeField(_("received at"))
    erased_at = models.DateTimeField(_("contact person forgotten at"), null=True, blank=True, editable=False)

    if TYPE_CHECKING:
        # Added by trainings.requests.selectors.
        since: datetime.datetime
        turn: str
        valid_until: datetime.date | None

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("request of an organisation")
        verbose_name_plural = _("requests of organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", purpose="", needs=""), name="trainings_request_erased_holds_nobody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status"], name="trainings_request_status")]

    def __str__(self) -> str:
        return f"{self.organisation_name} ({self.reference})"

    @property
    def about(self) -> str:
        """How answers and mails say that they belong to it."""
        return f"trainingrequest:{self.pk}"

    @property
    def has_told_needs(self) -> bool:
        """Whether what was asked last is answered."""
        return self.needs_told_at is not None or (self.answer_set is not None and self.answer_set.is_submitted)

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen."""
        return self.status in OPEN_REQUESTS


class RequestTransition(Transition):
    """One change of a request's status. By nobody: the contact person, or the site by itself."""

    request = models.ForeignKey(TrainingRequest, verbose_name=_("request"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=RequestStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=RequestStatus)

    system_notes = (RequestNote,)
