"""The register of consents: GDPR article 7(1)."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import Language, language_display
from newsletter.addresses import address_key
from newsletter.enums.subscribers import Channel, ConsentAction


class ConsentQuerySet(models.QuerySet):
    """The register."""

    def of(self, email: str) -> Self:
        """The lines of one email address, in order. The register itself stores only its hash."""
        return self.filter(address_key=address_key(email)).order_by("at", "pk")


class Consent(models.Model):
    """One line of the register. Never changed; deleted after five years at the earliest.

    A database trigger enforces both (migration 0002): an editable proof proves nothing. It holds no personal data, so it stays when
    a person is erased.
    """

    address_key = models.CharField(_("keyed hash of the address"), max_length=64, db_index=True, editable=False)
    action = models.CharField(_("action"), max_length=12, choices=ConsentAction)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    wording = models.CharField(_("wording"), max_length=40, blank=True, help_text=_("Version of the words the person agreed to."))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    evidence = models.CharField(_("source"), max_length=300, blank=True, help_text=_("Where an imported consent can be read."))
    recorded_by = models.CharField(_("recorded by"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.at:%Y-%m-%d})"
