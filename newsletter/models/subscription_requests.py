"""Subscription requests: entered in a form, not confirmed yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TokenField, short_token
from core.languages import Language, language_display
from newsletter.enums.subscribers import Channel


class SubscriptionRequest(models.Model):
    """A request made by a form. Nothing about the subscriber changes until its link is used: anybody can type any email address."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    themes = models.JSONField(_("themes"), default=list, blank=True, help_text=_("Their numbers"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    wording = models.CharField(_("wording"), max_length=40)
    token = TokenField(_("key of the mailed link"), max_length=22, default=short_token)
    created_at = models.DateTimeField(_("asked at"), db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("subscription request")
        verbose_name_plural = _("subscription requests")

    def __str__(self) -> str:
        return f"{self.email} ({self.created_at:%Y-%m-%d})"
