"""Outgoing mail: each mail is a row, written in the transaction of the event it announces."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailStatus(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class OutgoingMailQuerySet(models.QuerySet):
    """Outgoing mails."""

    def seen_by(self, user: Any) -> Self:
        """Those of the apps `user` has a right in: words and addresses of a mail tell of the work it comes from.

        The first part of a kind is the app's name. An app without groups of its own (the contact form) is the administrator's, and so
        are the mails of core: about accounts, and duties in trouble. Most groups hold a right in core.
        """
        if user.is_superuser:
            return self.all()
        own = [app.label for app in apps.get_app_configs() if app.label != "core" and user.has_module_perms(app.label)]
        return self.filter(reduce(or_, (Q(kind__startswith=f"{label}/") for label in own), Q(pk__in=())))

    def about_row(self, row: models.Model) -> "OutgoingMailQuerySet":
        """Those about one row, without their words: these hold links that act in the name of a person."""
        return self.filter(about=f"{row._meta.model_name}:{row.pk}").defer("text", "html", "attachments")


class OutgoingMail(models.Model):
    """One mail to one person, both parts rendered. `about` names what it tells, e.g. `enrolment:12`."""

    kind = models.CharField(_("kind"), max_length=80, help_text=_("The template, e.g. trainings/mail/enrolment_confirmed"))
    about = models.CharField(_("about"), max_length=80, blank=True, db_index=True)
    to = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(_("answers go to"), max_length=254, blank=True, help_text=_("Empty: nobody reads answers."))
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    attachments = models.JSONField(_("attachments"), default=list, blank=True, help_text=_("name, type and content in base64"))
    status = models.CharField(_("status"), max_length=10, choices=MailStatus, default=MailStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    latest_error = models.TextField(_("latest error"), blank=True)
    created_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes: ClassVar = [models.Index(fields=["to", "kind", "created_at"], name="core_mail_to_kind")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class MailServerOutage(models.Model):
    """There is a row while the mail server is away. Mails wait until `next_try_at` and use up no tries; one of them then probes."""

    mailer = models.CharField(_("mailer"), max_length=40, primary_key=True)
    began_at = models.DateTimeField(_("began at"))
    next_try_at = models.DateTimeField(_("next try"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("outage of the mail server")
        verbose_name_plural = _("outages of the mail server")

    def __str__(self) -> str:
        return f"{self.mailer}: {self.reason}"
