"""The pool of trainers: what each brings, and when each is away."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.fields import TokenField
from core.models import Theme


class Strength(models.TextChoices):
    """What a trainer brings. Two who bring the same leave something out."""

    SOCIAL_WORK = "social_work", _("social work")
    MENTAL_HEALTH = "mental_health", _("mental health care")
    ADDICTION = "addiction", _("addiction care")
    HOUSING = "housing", _("homelessness and housing")
    EXPERIENCE = "experience", _("lived experience")
    LAW = "law", _("rights and law")
    GROUPS = "groups", _("leading groups")


class Trainer(ClusterableModel):
    """A member of the pool; facilitators too. Linked to a user when the person ticks presences."""

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL, related_name="trainer"
    )
    is_active = models.BooleanField(_("active"), default=True)
    languages = models.JSONField(_("languages"), default=list, blank=True, help_text=_("Codes: fr, nl, en."))
    strengths = models.JSONField(_("strengths"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="trainers")
    feed_token = TokenField(_("key of the calendar"))

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")

    def __str__(self) -> str:
        return self.name


class TrainerAbsence(models.Model):
    """Days on which a trainer gives nothing. Both days included."""

    # Parental: a trainer and her absences are edited in one form.
    trainer = ParentalKey(Trainer, verbose_name=_("trainer"), on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("away from"))
    ends_on = models.DateField(_("away until"), help_text=_("The day itself included."))

    class Meta:
        ordering: ClassVar = ["starts_on"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="trainings_absence_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def clean(self) -> None:
        """The constraint says the same to the database; this says it to people."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("An absence ends after it begins.")})
