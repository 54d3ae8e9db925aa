"""Participants, enrolments and the history of their status."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import TokenField, readable_code
from core.languages import language_display
from core.lifecycle.transitions import Transition
from core.models import Organisation, Sector
from trainings.enums import ACTIVE, BY_ITSELF, EnrolmentStatus, Language, SystemNote
from trainings.models.cycles import CareZone
from trainings.models.groups import EnrolmentGroup
from trainings.models.sessions import Session
from trainings.querysets.enrolments import EnrolmentQuerySet


def enrolment_reference() -> str:
    """8 readable characters a person can quote to the coordinator."""
    return readable_code(8)


class Participant(models.Model):
    """A person who takes part in sessions, identified by a lower-case email. Has no account."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """One person in one session. What the person said of herself is kept as it was that day: the year's figures count it so."""

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), null=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    group = models.ForeignKey(
        EnrolmentGroup, verbose_name=_("group of colleagues"), null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    status = models.CharField(_("status"), max_length=10, choices=EnrolmentStatus)
    reference = models.CharField(_("reference"), max_length=8, unique=True, default=enrolment_reference, editable=False)
    token = TokenField(_("key of the manage link"))

    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation_name = models.CharField(_("organisation as typed"), max_length=200, blank=True)
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    care_zone = models.CharField(_("care zone"), max_length=12, choices=CareZone, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    access_needs = models.TextField(
        _("access needs"), blank=True, help_text=_("Seen only by the session's trainers, erased after the session.")
    )
    wants_newsletter = models.BooleanField(_("wants the newsletter"), default=False)

    created_at = models.DateTimeField(_("enrolled at"))
    # The place in the queue: kept when a person is moved back to the list, so nobody is overtaken.
    queued_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    # A coordinator put her on the list although she had a seat: only a coordinator gives her one again.
    is_held_back = models.BooleanField(_("waits for a coordinator"), default=False, editable=False)
    # The last moment at which an offer can be accepted.
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True, editable=False)
    # Of the offer that stands: the mail that reminds of its deadline leaves once.
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    # From then on nobody's: what is counted remains (services/privacy.py).
    erased_at = models.DateTimeField(_("person forgotten at"), null=True, blank=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "participant"], condition=models.Q(status__in=ACTIVE), name="trainings_enrolment_once_per_session"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=EnrolmentStatus.WAITING) | models.Q(queued_at__isnull=False),
                name="trainings_enrolment_waiting_since",
            ),
            models.CheckConstraint(
                condition=models.Q(status=EnrolmentStatus.OFFERED, answer_by__isnull=False)
                | (~models.Q(status=EnrolmentStatus.OFFERED) & models.Q(answer_by__isnull=True)),
                name="trainings_enrolment_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=True, erased_at__isnull=False)
                | models.Q(participant__isnull=False, erased_at__isnull=True)
                # A place in a group whose name follows.
                | models.Q(participant__isnull=True, group__isnull=False, erased_at__isnull=True),
                name="trainings_enrolment_of_somebody_or_erased",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "status"], name="trainings_enrolment_status")]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    @property
    def email(self) -> str:
        """Where mails about it go: of a place whose name follows, to the contact. Raises ValueError once the person is forgotten."""
        if self.participant is None:
            if self.is_unnamed and self.group and self.group.contact_email:
                return self.group.contact_email
            raise ValueError(f"Nobody is known of enrolment {self.reference} any more.")
        return self.participant.email

    @property
    def is_unnamed(self) -> bool:
        """Whether it is a place in a group whose name follows."""
        return self.participant_id is None and self.erased_at is None

    @property
    def is_answered_by_contact(self) -> bool:
        """Whether an offer is made to its group as a whole: the contact answers it."""
        return self.group is not None and self.group.is_together

    @property
    def organisation_label(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name


class EnrolmentTransition(Transition):
    """One change of an enrolment's status. By nobody: the participant, or the site by itself."""

    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=EnrolmentStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=EnrolmentStatus)
    # Of an offer: kept, since the enrolment forgets it once the offer is over.
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)

    system_notes = (SystemNote,)

    @property
    def is_by_itself(self) -> bool:
        """Whether nobody decided it: a seat became free, or time passed."""
        return self.by_id is None and self.reason in BY_ITSELF
