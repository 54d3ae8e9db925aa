"""Lists of subscribers from other tools."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import Language, language_display
from newsletter.enums.subscribers import ImportStatus, LineOutcome, Standing
from newsletter.fields import AddressKeyField


class SubscriberImport(models.Model):
    """One file: where the consents come from, how far it is, what became of its lines."""

    filename = models.CharField(_("file"), max_length=120)
    source = models.CharField(
        _("source of the consents"),
        max_length=300,
        help_text=_("Which form or list, who keeps it, so that a reader's question can be answered."),
    )
    agreed_on = models.DateField(_("agreed on"), help_text=_("The day people agreed, or the last of those days."))
    language = models.CharField(_("language"), max_length=2, choices=Language, help_text=_("For the lines that name none."))
    get_language_display = language_display
    status = models.CharField(_("status"), max_length=10, choices=ImportStatus, default=ImportStatus.CHECKING)
    total = models.PositiveIntegerField(_("lines"), default=0)
    done = models.PositiveIntegerField(_("lines done"), default=0)
    notes = models.TextField(_("notes"), blank=True)
    # What the file holds besides: columns nobody reads, what its name says of everybody in it.
    unused_columns = models.JSONField(_("columns not used"), default=list, blank=True)
    standing_of_all = models.CharField(_("what its name says"), max_length=12, choices=Standing, blank=True)
    # [{"column": heading, "values": [[value, lines], …]}] and {heading: {value: a Standing, or "" where it says nothing}}.
    questions = models.JSONField(_("questions"), default=list, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    created_at = models.DateTimeField(_("uploaded at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("import of readers")
        verbose_name_plural = _("imports of readers")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(source=""), name="newsletter_import_has_a_source"),
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="newsletter_import_done_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.created_at:%Y-%m-%d})"


class SubscriberImportLine(models.Model):
    """One line of the file, its address as we write addresses, and what became of it. Erased a month after the import."""

    subscriber_import = models.ForeignKey(SubscriberImport, verbose_name=_("import"), on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    email = models.CharField(_("e-mail address"), max_length=320, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    themes = models.CharField(_("themes"), max_length=300, blank=True)
    address_key = AddressKeyField(_("keyed hash of the address"), default="")
    # The cells of columns that say something of a consent, by heading, and what they come to.
    said = models.JSONField(_("what the file says of the consent"), default=dict, blank=True)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.SUBSCRIBED)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    evidence = models.CharField(_("proof in the file"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=LineOutcome, default=LineOutcome.PENDING)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscriber_import", "number"], name="newsletter_import_line_once")]
        indexes: ClassVar = [models.Index(fields=["subscriber_import", "address_key"], name="newsletter_import_line_address")]

    def __str__(self) -> str:
        return f"{self.number}: {self.email}"
