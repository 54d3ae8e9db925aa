"""Mail that came back, and complaints."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.enums.subscribers import BounceChannel, BounceKind
from newsletter.models.subscribers import Subscriber


class Bounce(models.Model):
    """One return or complaint, told once however often we hear of it (`reference`). Its words carry no address."""

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("reader"), null=True, blank=True, on_delete=models.SET_NULL, related_name="bounces"
    )
    # The ledger of sendings stands above this file; the number is enough to find the row.
    delivery_id = models.PositiveBigIntegerField(_("number of the delivery"), null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=BounceKind)
    channel = models.CharField(_("heard from"), max_length=10, choices=BounceChannel)
    code = models.CharField(_("code"), max_length=12, blank=True, help_text=_("Enhanced status code, e.g. 5.1.1"))
    words = models.CharField(_("words of the server"), max_length=500, blank=True)
    reference = models.CharField(_("reference"), max_length=120, unique=True, editable=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        indexes: ClassVar = [models.Index(fields=["subscriber", "kind", "at"], name="newsletter_bounce_sub")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}".strip()
