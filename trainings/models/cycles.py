"""A cycle: groups that meet over the same months, with one season in which people sign up. Its groups are sessions."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import current_language
from core.models import Programme
from trainings.enums import SessionKind
from trainings.querysets.cycles import CycleQuerySet

# What meets in groups, apart from trainings.
GROUP_KINDS = (SessionKind.INTERVISION, SessionKind.EXCHANGE_TABLE, SessionKind.STUDY_MORNING, SessionKind.SUPERVISION)


class Audience(models.TextChoices):
    """Whom the groups of a cycle are for."""

    PROFESSIONALS = "professionals", _("professionals of social and health services")
    PEER_WORKERS = "peer_workers", _("peer workers")
    TEAM_LEADS = "team_leads", _("people who lead a team with a peer worker")


class CareZone(models.TextChoices):
    """The five zones into which Brussels divides help and care."""

    NORTH = "north", _("North")
    NORTH_EAST = "north_east", _("North-East")
    SOUTH_EAST = "south_east", _("South-East")
    SOUTH = "south", _("South")
    CENTRE_WEST = "centre_west", _("Centre-West")


class Project(models.TextChoices):
    """A project of Support that counts its trainings apart."""

    PAT = "pat", _("PAT (Peer And Team support)")


class Cycle(models.Model):
    """Groups of the same months and the same kind, such as the intervisions of 2025-2026."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in GROUP_KINDS],
        default=SessionKind.INTERVISION,
    )
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, default=Audience.PROFESSIONALS)
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, default=Programme.CONNECT)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_nl = models.CharField(_("name in Dutch"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    summary_fr = models.TextField(_("in short, in French"), blank=True, max_length=600)
    summary_nl = models.TextField(_("in short, in Dutch"), blank=True, max_length=600)
    summary_en = models.TextField(_("in short, in English"), blank=True, max_length=600)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens_on = models.DateField(_("sign-up opens"), null=True, blank=True, help_text=_("Empty: as soon as a group is published."))
    closes_on = models.DateField(
        _("sign-up closes"), null=True, blank=True, help_text=_("The day itself included. Empty: when the first meeting of a group begins.")
    )
    is_by_invitation = models.BooleanField(
        _("by invitation"), default=False, help_text=_("The site then names the groups; the forms are reached by the links you send.")
    )
    asks_care_zone = models.BooleanField(_("asks for the care zone"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("in charge"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-first_day", "pk"]
        verbose_name = _("cycle of groups")
        verbose_name_plural = _("cycles of groups")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="trainings_cycle_ends_after_it_begins"),
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="trainings_cycle_sign_up_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The constraints say the same to the database; this says it to people."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("A cycle ends after it begins.")})
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("Sign-up closes after it opens.")})

    @property
    def name(self) -> str:
        return self.name_in(current_language())

    def name_in(self, language: str) -> str:
        """The name in a language, French when it is missing."""
        return getattr(self, f"name_{language}", "") or self.name_fr

    @property
    def summary(self) -> str:
        return getattr(self, f"summary_{current_language()}", "") or self.summary_fr

    @property
    def years(self) -> str:
        """`2025-2026`, or `2025` of a cycle within one year."""
        first, last = self.first_day.year, self.last_day.year
        return f"{first}-{last}" if first != last else str(first)

    def opens_later(self, today: datetime.date) -> bool:
        """Whether the season of sign-up is still to come."""
        return self.opens_on is not None and today < self.opens_on

    def is_season_over(self, today: datetime.date) -> bool:
        return self.closes_on is not None and today > self.closes_on
