"""Mails by rule, what left by them, and what coordinators write to the people of a session."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import language_display
from core.models import OutgoingMail
from trainings.enums import Language
from trainings.models.enrolments import Enrolment
from trainings.models.sessions import Session

# People are awake: nothing leaves before the first of these hours, nor from the last one on.
FIRST_HOUR, LAST_HOUR = 9, 21


class MailKind(models.TextChoices):
    """What a rule's mail is for. Decides which placeholders its words may use."""

    REMINDER = "reminder", _("reminder")
    PRACTICAL = "practical", _("practical information")
    THANKS = "thanks", _("thanks, with the certificate and the evaluation")
    EVALUATION = "evaluation", _("evaluation after some months")
    PAYMENT = "payment", _("payment reminder")


class Moment(models.TextChoices):
    """What the days of a rule are counted from."""

    BEFORE_FIRST = "before_first", _("days before the first meeting")
    AFTER_FIRST = "after_first", _("days after the first meeting")
    BEFORE_LAST = "before_last", _("days before the last meeting")
    AFTER_LAST = "after_last", _("days after the last meeting")


class Audience(models.TextChoices):
    """Whom of a session a mail is for."""

    SEATED = "seated", _("everybody who has a seat")
    WAITING = "waiting", _("everybody who waits for a seat")
    PRESENT = "present", _("everybody who was there at least once")
    ABSENT = "absent", _("everybody who had a seat and was at no meeting")
    TEAM_LEADS = "team_leads", _("the team leads of those who were there, where they agreed")


class MailRule(models.Model):
    """When which words leave to whom of each session. Which mails are planned is derived from it; no row says so."""

    name = models.CharField(_("name"), max_length=120, help_text=_("For the team: it stands in no mail."))
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind)
    days = models.PositiveSmallIntegerField(_("how many"), validators=[MinValueValidator(1), MaxValueValidator(400)])
    moment = models.CharField(_("counted from"), max_length=12, choices=Moment)
    hour = models.PositiveSmallIntegerField(
        _("at this hour"),
        default=FIRST_HOUR,
        validators=[MinValueValidator(FIRST_HOUR), MaxValueValidator(LAST_HOUR - 1)],
        help_text=_("Between 9 and 20, by the clock of Brussels: nothing leaves at night."),
    )
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience, default=Audience.SEATED)
    reaches_late = models.BooleanField(
        _("also to those who get their seat later"),
        default=False,
        help_text=_("At once, as long as the meeting is still to come. Otherwise the mail that confirmed the seat has told them enough."),
    )
    subject_fr = models.CharField(_("subject in French"), max_length=150)
    subject_nl = models.CharField(_("subject in Dutch"), max_length=150)
    subject_en = models.CharField(_("subject in English"), max_length=150)
    body_fr = models.TextField(_("words in French"))
    body_nl = models.TextField(_("words in Dutch"))
    body_en = models.TextField(_("words in English"))
    # Off while empty. What was due before this moment never leaves: a rule switched on late writes to nobody about the past.
    active_since = models.DateTimeField(_("on since"), null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        verbose_name = _("mail by rule")
        verbose_name_plural = _("mails by rule")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(hour__gte=FIRST_HOUR, hour__lt=LAST_HOUR), name="trainings_mail_rule_by_day"),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="trainings_mail_rule_on_another_day"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.active_since is not None

    @property
    def is_before(self) -> bool:
        return self.moment in (Moment.BEFORE_FIRST, Moment.BEFORE_LAST)

    @property
    def counts_from_first(self) -> bool:
        return self.moment in (Moment.BEFORE_FIRST, Moment.AFTER_FIRST)

    def subject_in(self, language: str) -> str:
        return str(getattr(self, f"subject_{language}"))

    def body_in(self, language: str) -> str:
        return str(getattr(self, f"body_{language}"))


class RuleMail(models.Model):
    """The ledger: this rule wrote about this enrolment in this session. Written in the transaction of the mail, so both exist or neither.

    `turn`: 0, and one more each time the session was put off so far that people need the mail again.
    """

    rule = models.ForeignKey(MailRule, verbose_name=_("mail by rule"), on_delete=models.PROTECT, related_name="sent")
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="rule_mails")
    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="rule_mails")
    turn = models.PositiveSmallIntegerField(_("turn"), default=0)
    planned_at = models.DateTimeField(_("was planned for"))
    left_at = models.DateTimeField(_("left at"))
    mail = models.ForeignKey(OutgoingMail, verbose_name=_("mail"), null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["left_at", "pk"]
        verbose_name = _("mail that left by rule")
        verbose_name_plural = _("mails that left by rule")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "session", "enrolment", "turn"], name="trainings_rule_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} → {self.enrolment_id}"


class RuleException(models.Model):
    """A coordinator does not want the mail of a rule for one session."""

    rule = models.ForeignKey(MailRule, verbose_name=_("mail by rule"), on_delete=models.CASCADE, related_name="exceptions")
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="rule_exceptions")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("mail left out")
        verbose_name_plural = _("mails left out")
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "session"], name="trainings_rule_exception_once")]

    def __str__(self) -> str:
        return f"{self.rule} ≠ {self.session_id}"


class SessionMessage(models.Model):
    """What a coordinator wrote to people of a session. `key` comes from the form: pressing twice is pressing once."""

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="messages")
    key = models.UUIDField(_("key of the form"), unique=True, default=uuid.uuid4)
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    get_language_display = language_display
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("message"))
    written_at = models.DateTimeField(_("written at"))
    # Now, or the next morning.
    leaves_at = models.DateTimeField(_("leaves at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        verbose_name = _("message to a session")
        verbose_name_plural = _("messages to a session")

    def __str__(self) -> str:
        return self.subject


class MessageCopy(models.Model):
    """One person's copy of a message: who was seen when it was sent gets it, once."""

    message = models.ForeignKey(SessionMessage, verbose_name=_("message"), on_delete=models.CASCADE, related_name="copies")
    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="message_copies")
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    mail = models.ForeignKey(OutgoingMail, verbose_name=_("mail"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("copy of a message")
        verbose_name_plural = _("copies of a message")
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "enrolment"], name="trainings_message_copy_once")]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.enrolment_id}"


class TeamLead(models.Model):
    """Whom a participant named, and who agreed to be asked what the training changed. Forgotten a year after the session."""

    enrolment = models.OneToOneField(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="team_lead")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    agreed_at = models.DateTimeField(_("agreed at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("team lead")
        verbose_name_plural = _("team leads")

    def __str__(self) -> str:
        return self.name
