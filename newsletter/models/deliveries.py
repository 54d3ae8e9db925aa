"""The ledger of sending: the frozen editions, and one delivery per issue and subscriber."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.languages import Language, language_display
from newsletter.enums.issues import DeliveryStatus, note_label
from newsletter.models.issues import Issue
from newsletter.models.subscribers import Subscriber
from newsletter.querysets.deliveries import DeliveryQuerySet


class FrozenEdition(models.Model):
    """One language of an issue as it was when Send was pressed. Later changes of the page do not change it."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    subject = models.CharField(_("subject"), max_length=250)
    html = models.TextField(_("HTML"))
    text = models.TextField(_("text"))
    web_url = models.URLField(_("address on the site"), max_length=500)
    # What the archive publishes when the issue is sent: exactly what was checked and mailed.
    revision = models.ForeignKey(
        "wagtailcore.Revision", verbose_name=_("revision of the page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Random, so that no text of an issue contains it by chance.
    token_placeholder = models.CharField(_("where each reader's key goes"), max_length=22)
    frozen_at = models.DateTimeField(_("frozen at"))

    class Meta:
        ordering: ClassVar = ["issue", "language"]
        verbose_name = _("frozen edition")
        verbose_name_plural = _("frozen editions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "language"], name="newsletter_edition_once")]

    def __str__(self) -> str:
        return f"{self.issue_id} ({self.language})"


class Delivery(models.Model):
    """One issue to one subscriber. `claim` names the sender that claimed it; only that sender knows its outcome."""

    # No index of its own: the three below start with it, and each mail updates every index twice.
    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    edition = models.ForeignKey(FrozenEdition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="deliveries")
    # The counts stay when a subscriber is erased.
    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("reader"), null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    status = models.CharField(_("status"), max_length=10, choices=DeliveryStatus, default=DeliveryStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    claim = models.CharField(_("claimed by"), max_length=32, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    code = models.PositiveSmallIntegerField(_("answer of the mail server"), null=True, blank=True)
    answer = models.CharField(_("its words"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = pgettext_lazy("mail", "delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "subscriber"], name="newsletter_delivery_once"),
            models.CheckConstraint(
                condition=~models.Q(status=DeliveryStatus.CLAIMED) | (~models.Q(claim="") & models.Q(claimed_at__isnull=False)),
                name="newsletter_delivery_claim_has_a_holder",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["issue", "next_try_at", "id"], condition=models.Q(status=DeliveryStatus.WAITING), name="newsletter_delivery_waiting"
            ),
            models.Index(fields=["issue", "status"], name="newsletter_delivery_status"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}/{self.pk}: {self.status}"

    @property
    def answer_label(self) -> str:
        """The answer, translated where it is a note of ours."""
        return note_label(self.answer)


class InFlightNote(models.Model):
    """How far a sender is with its batch: one row per claimed delivery, deleted once the ledger has the result.

    In PostgreSQL the table is UNLOGGED: a write does not wait for the disk, and the database empties the table after a crash. Then the
    outcome of its claims is UNCERTAIN. No foreign key: checking it would lock, and so write to, the ledger.
    """

    CLAIMED, SENDING = "claimed", "sending"

    delivery_id = models.BigIntegerField(pgettext_lazy("mail", "delivery"), primary_key=True)
    holder = models.CharField(_("claimed by"), max_length=32, db_index=True)
    # CLAIMED, SENDING, or the outcome (newsletter.sending.transport.Outcome).
    state = models.CharField(_("status"), max_length=10, default=CLAIMED)
    code = models.PositiveSmallIntegerField(_("answer of the mail server"), null=True, blank=True)
    answer = models.CharField(_("its words"), max_length=300, blank=True)
    is_about_recipient = models.BooleanField(_("about the reader"), default=True)
    at = models.DateTimeField(_("at"), null=True, blank=True)

    class Meta:
        verbose_name = _("in-flight note")
        verbose_name_plural = _("in-flight notes")

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.state}"
