"""Interests: 'tell me when a date is set'."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TokenField
from core.languages import language_display
from trainings.enums import Language
from trainings.models.catalogue import Module


class Interest(models.Model):
    """An email that wants to be notified of the next session of one module; once, after it was confirmed by mail."""

    module = models.ForeignKey(Module, verbose_name=_("module"), on_delete=models.CASCADE, related_name="interests")
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    session_language = models.CharField(
        _("language of the session"), max_length=2, choices=Language, blank=True, help_text=_("Empty: any language.")
    )
    token = TokenField(_("key of the mailed link"))
    created_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    notified_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["module", "email"], condition=models.Q(notified_at__isnull=True), name="trainings_interest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.module}"
