"""Requests: a professional asks the mobile team, for a supervision or for PAT. Nothing about the people the team supports."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import TokenField, readable_code
from core.languages import Language, language_display
from core.lifecycle.transitions import Transition
from core.models import Organisation, Sector
from followup.enums import OPEN_REQUESTS, Origin, Pillar, Reason, RequestStatus, Source, SystemNote
from followup.querysets.requests import RequestQuerySet


def new_reference() -> str:
    """8 readable characters somebody can quote on the phone."""
    return readable_code(8)


class Request(models.Model):
    """What a professional asks for a team. The contact person is forgotten some time after the end."""

    reference = models.CharField(_("reference"), max_length=8, unique=True, default=new_reference, editable=False)
    token = TokenField(_("key of the mailed link"))
    pillar = models.CharField(_("pillar"), max_length=12, choices=Pillar)
    status = models.CharField(_("status"), max_length=12, choices=RequestStatus, default=RequestStatus.RECEIVED, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("in charge"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_on = models.DateField(_("received on"))
    source = models.CharField(_("how it came in"), max_length=5, choices=Source, editable=False)
    organisation_name = models.CharField(
        _("organisation"), max_length=200, blank=True, help_text=_("As it was told. Empty: somebody asks alone.")
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation of the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    service = models.CharField(
        _("service or team"), max_length=120, blank=True, help_text=_("Where several teams of one organisation are counted apart.")
    )
    # What the two names are counted by (`followup.requests.names`).
    organisation_key = models.CharField(max_length=40, blank=True, editable=False)
    service_key = models.CharField(max_length=30, blank=True, editable=False)
    # As of the day it came in: what the directory says later changes no figure of that year.
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("contact person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    origin = models.CharField(_("how they found us"), max_length=10, choices=Origin, blank=True)
    reason = models.CharField(_("main reason"), max_length=10, choices=Reason, blank=True)
    text = models.TextField(_("what it is about"), blank=True)
    created_at = models.DateTimeField(_("noted at"), editable=False)
    erased_at = models.DateTimeField(_("contact person forgotten at"), null=True, blank=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_on", "-pk"]
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", phone="", text=""), name="followup_request_erased_holds_nobody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status"], name="followup_request_status"),
            models.Index(fields=["pillar", "received_on"], name="followup_request_received"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} ({self.reference})"

    @property
    def asked_by(self) -> str:
        """`Maison Exemple, service Logement`: never the name of a person."""
        return ", ".join(filter(None, [self.organisation_name, self.service])) or str(_("somebody alone"))

    @property
    def about(self) -> str:
        """How mails say that they belong to it."""
        return f"request:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided."""
        return self.status in OPEN_REQUESTS


class RequestTransition(Transition):
    """One change of a request's status. By nobody: the contact person, or the site by itself."""

    request = models.ForeignKey(Request, verbose_name=_("request"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=12, choices=RequestStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=12, choices=RequestStatus)

    system_notes = (SystemNote,)
