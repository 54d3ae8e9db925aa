"""Mail that could not be delivered, complaints, and what people answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.enums.bounces import BounceChannel, BounceKind, BounceReason
from newsletter.models.subscribers import Subscriber
from newsletter.querysets.bounces import BounceQuerySet, ReplyQuerySet


class Bounce(models.Model):
    """One bounce or complaint, told once however often we hear of it (`reference`). Its words carry no e-mail address.

    `kind` and `reason` are the verdict; an officer who knows better overturns it, and it no longer counts.
    """

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("reader"), null=True, blank=True, on_delete=models.SET_NULL, related_name="bounces"
    )
    # The ledger of sendings stands above this file; the number is enough to find the row.
    delivery_id = models.PositiveBigIntegerField(_("number of the delivery"), null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=BounceKind)
    reason = models.CharField(_("reason"), max_length=20, choices=BounceReason, blank=True)
    channel = models.CharField(_("heard from"), max_length=10, choices=BounceChannel)
    code = models.CharField(_("code"), max_length=12, blank=True, help_text=_("Enhanced status code, e.g. 5.1.1"))
    words = models.CharField(_("words of the server"), max_length=500, blank=True)
    reference = models.CharField(_("reference"), max_length=120, unique=True, editable=False)
    at = models.DateTimeField(_("at"))
    overturned_at = models.DateTimeField(_("overturned at"), null=True, blank=True, editable=False)
    overturned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("overturned by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BounceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        indexes: ClassVar = [models.Index(fields=["subscriber", "kind", "at"], name="newsletter_bounce_sub")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}".strip()


class Reply(models.Model):
    """A reply to the sender address of our mail. Deleted with the subscriber, or by retention (newsletter.subscribers.retention)."""

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("reader"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    delivery_id = models.PositiveBigIntegerField(_("number of the delivery"), null=True, blank=True)
    sender = models.CharField(_("from"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    asks_to_leave = models.BooleanField(_("asks to leave"), default=False)
    reference = models.CharField(_("reference"), max_length=120, unique=True, editable=False)
    at = models.DateTimeField(_("at"))
    done_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("dealt with by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("reply of a reader")
        verbose_name_plural = _("replies of readers")

    def __str__(self) -> str:
        return self.subject or self.sender or str(self.pk)
