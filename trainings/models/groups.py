"""Colleagues who were enrolled in one go by a contact."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import TokenField
from core.languages import language_display
from core.models import Organisation, Sector
from trainings.enums import Language
from trainings.models.sessions import Session
from trainings.seats.modes import GroupMode


class EnrolmentGroup(models.Model):
    """Who answers for the places of some colleagues in one session, and how they are served. Each place is an enrolment of its own.

    Organisation and sector are those of the contact: a place whose name follows has them until its person says otherwise.
    """

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="groups")
    contact_name = models.CharField(_("name of the contact"), max_length=120)
    contact_email = models.EmailField(_("e-mail address of the contact"), max_length=254, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation_name = models.CharField(_("organisation as typed"), max_length=200, blank=True)
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    mode = models.CharField(_("when seats are short"), max_length=20, choices=GroupMode, default=GroupMode.AS_MANY_AS_FIT)
    held_together_until = models.DateField(_("seats are kept for it until"), null=True, blank=True)
    # The mail that says so leaves once.
    told_passed_over_at = models.DateTimeField(_("told that seats are no longer kept"), null=True, blank=True, editable=False)
    token = TokenField(_("key of the group's link"))
    created_at = models.DateTimeField(_("enrolled at"))

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("group of colleagues")
        verbose_name_plural = _("groups of colleagues")

    def __str__(self) -> str:
        return self.contact_name

    @property
    def is_together(self) -> bool:
        """Whether its places are offered, given and answered as one."""
        return self.mode == GroupMode.ALL_OR_NONE

    def is_held(self, now: datetime.datetime) -> bool:
        """Whether seats that are free in its turn are kept for it: the day itself included."""
        return self.is_together and self.held_together_until is not None and timezone.localdate(now) <= self.held_together_until

    @property
    def organisation_label(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name
