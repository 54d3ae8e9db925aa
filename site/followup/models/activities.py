"""What is done without names: meetings of networks, talks, material given; one row each time, or one number."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.languages import current_language
from core.models import FigureUnit, Programme
from core.models.vocabulary import Translated
from core.text.dates import written


class CountedAs(models.TextChoices):
    """What the number of an activity means."""

    TIMES = "times", _("how many times: one tap is one")
    NUMBER = "number", _("one activity with a number, such as people in the room; numbers are added up")
    LEVEL = "level", _("a level on a day, such as followers; the latest of the year counts")


class ActivityKind(Translated, ClusterableModel):
    """What a counter counts. An administrator may add one; the report knows the others by their code."""

    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True, help_text=_("Empty: all of them."))
    counted_as = models.CharField(_("what is counted"), max_length=10, choices=CountedAs, default=CountedAs.TIMES)
    unit = models.CharField(_("unit"), max_length=20, choices=FigureUnit, default=FigureUnit.COUNT)
    asks_partner = models.BooleanField(_("asks with whom"), default=False, help_text=_("An organisation or a network; never a person."))
    is_active = models.BooleanField(_("shown among the counters"), default=True)
    position = models.PositiveSmallIntegerField(_("place among the counters"), default=100)

    class Meta:
        ordering: ClassVar = ["position", "name_fr"]
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activities")

    @property
    def is_tapped(self) -> bool:
        """Whether one tap says it all."""
        return self.counted_as == CountedAs.TIMES


class ActivityCategory(models.Model):
    """What the activities of a kind are told apart by: the network of a meeting, the page of a post."""

    kind = ParentalKey(ActivityKind, verbose_name=_("kind of activity"), on_delete=models.CASCADE, related_name="categories")
    code = models.SlugField(_("code"), max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_nl = models.CharField(_("name in Dutch"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    is_active = models.BooleanField(_("shown among the counters"), default=True)

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        verbose_name = _("category of activities")
        verbose_name_plural = _("categories of activities")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "code"], name="followup_category_code_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return getattr(self, f"name_{current_language()}", "") or self.name_fr

    @property
    def labels(self) -> dict[str, str]:
        """Its name in each language."""
        return {"fr": self.name_fr, "nl": self.name_nl, "en": self.name_en}


class Activity(models.Model):
    """Something that was done, with a number. It names organisations and networks, never anybody who was helped."""

    kind = models.ForeignKey(ActivityKind, verbose_name=_("kind of activity"), on_delete=models.PROTECT, related_name="activities")
    date = models.DateField(_("day"))
    category = models.ForeignKey(
        ActivityCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    partner = models.CharField(
        _("organisation or network"), max_length=160, blank=True, help_text=_("With whom, or where. Never the name of a person.")
    )
    number = models.PositiveIntegerField(_("number"), default=1, validators=[MinValueValidator(0)])
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("What it was about. Nothing about a person who was helped."))
    # Of the button that was tapped: a page sent twice counts once.
    tap = models.UUIDField(_("key of the tap"), default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-date", "-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes: ClassVar = [models.Index(fields=["date", "kind"], name="followup_activity_date")]

    def __str__(self) -> str:
        return f"{self.kind}, {written(self.date)}"


class SheetTeam(Translated):
    """A team that fills in a sheet of its own each month."""

    sheet = models.SlugField(_("code of its sheet"), max_length=40, default="hf_month")
    starts_on = models.DateField(_("fills it in from"), help_text=_("Any day of the first month."))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: still."))

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("team with a monthly sheet")
        verbose_name_plural = _("teams with a monthly sheet")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="followup_team_ends_after_start")
        ]


class CountSheet(models.Model):
    """A month's numbers of a team, or a year's of a programme. What it asks is told by `followup.activities.sheets`, as data.

    Numbers only: no field of it could hold a person.
    """

    sheet = models.SlugField(_("sheet"), max_length=40)
    team = models.ForeignKey(SheetTeam, verbose_name=_("team"), null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    first_day = models.DateField(_("first day of the month or year"))

    # What it is called on a list of work, by those who know what its code stands for.
    told_as = ""

    class Meta:
        ordering: ClassVar = ["-first_day", "sheet", "team"]
        verbose_name = _("sheet of numbers")
        verbose_name_plural = _("sheets of numbers")
        permissions: ClassVar = [("fill_in_funding", gettext_noop("Can see and fill in the sheet of funding"))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "team", "first_day"], name="followup_sheet_once_a_team"),
            models.UniqueConstraint(fields=["sheet", "first_day"], condition=Q(team=None), name="followup_sheet_once"),
            models.CheckConstraint(condition=Q(first_day__day=1), name="followup_sheet_begins_a_month"),
        ]

    def __str__(self) -> str:
        return self.told_as or f"{self.sheet}, {self.first_day:%Y-%m}"


class SheetNumber(models.Model):
    """One number of a sheet. Without a row nobody has told it; nought is a number."""

    sheet = models.ForeignKey(CountSheet, verbose_name=_("sheet of numbers"), on_delete=models.CASCADE, related_name="numbers")
    line = models.SlugField(_("line"), max_length=60)
    number = models.DecimalField(_("number"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("noted at"), auto_now=True)

    class Meta:
        ordering: ClassVar = ["sheet", "line"]
        verbose_name = _("number of a sheet")
        verbose_name_plural = _("numbers of sheets")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "line"], name="followup_number_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="followup_number_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.line}: {self.number}"
