"""Certificates of attendance, frozen when issued."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import public_code
from core.languages import language_display
from trainings.enums import Language
from trainings.models.enrolments import Enrolment


class Certificate(models.Model):
    """What was attested, as it was that day. The check page shows no more than the paper does."""

    enrolment = models.OneToOneField(Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(_("code"), max_length=12, unique=True, default=public_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(pgettext_lazy("date", "to"))
    minutes = models.PositiveIntegerField(_("minutes attended"))
    minutes_planned = models.PositiveIntegerField(_("minutes planned"))
    issued_at = models.DateTimeField(_("issued at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.code
