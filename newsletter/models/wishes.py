"""What somebody typed into a form, before anybody confirmed it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TokenField, short_token
from core.languages import Language
from newsletter.enums.readers import Channel


class SubscriptionWish(models.Model):
    """A wish for the newsletter. It changes nothing about a reader until the mailed link is used: anybody can type an address."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    themes = models.JSONField(_("themes"), default=list, blank=True, help_text=_("Their numbers"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    wording = models.CharField(_("wording"), max_length=40)
    token = TokenField(_("key of the mailed link"), max_length=22, default=short_token)
    created_at = models.DateTimeField(_("asked at"), db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("wish for the newsletter")
        verbose_name_plural = _("wishes for the newsletter")

    def __str__(self) -> str:
        return f"{self.email} ({self.created_at:%Y-%m-%d})"
