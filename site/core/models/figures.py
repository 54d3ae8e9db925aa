"""The figures the site tells of a year: each is one row whatever the year, with a value for each year it is known (decision 28)."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.languages import current_language
from core.models.vocabulary import Programme


class FigureUnit(models.TextChoices):
    """What a figure counts. The label says it in words; a sign is written behind the value for percentages and euros only."""

    COUNT = "count", _("things counted")
    PERSONS = "persons", _("people")
    PERCENT = "%", _("percent")
    EURO = "EUR", _("euros")
    YEAR = "year", _("a year, such as 2018")
    YEARS = "years", _("years")
    DAYS = "days", _("days")
    FULL_TIME = "FTE", _("full-time equivalents")
    PER_MONTH = "per month", _("per month")
    PER_WEEK = "per week", _("per week")
    COPIES = "copies", _("copies")
    FILES = "files", _("files opened")
    FOLLOWERS = "followers", _("followers")
    HIRES = "hires", _("people hired")
    INSTITUTIONS = "institutions", _("institutions")
    ISSUES = "issues", _("issues")
    ITEMS = "items", _("news items")
    MEETINGS = "meetings", _("meetings")
    MODULES = "modules", _("modules")
    MOVES = "moves", _("moves")
    MUNICIPALITIES = "municipalities", _("municipalities")
    ORGANISATIONS = "organisations", _("organisations")
    PARTICIPANTS = "participants", _("participants")
    POSTS = "posts", _("posts")
    REASONS = "reasons", _("reasons")
    REQUESTS = "requests", _("requests")
    SESSIONS = "sessions", _("sessions")
    TEAMS = "teams", _("teams")


APPROVED = _("This number is of the approved report of its year. It is corrected there, with a reason: menu “Report”.")
SIGNS: dict[str, str] = {FigureUnit.PERCENT: "%", FigureUnit.EURO: "€"}


def in_language(row: models.Model, name: str) -> str:
    """`label_nl` of a row where Dutch is read."""
    return str(getattr(row, f"{name}_{current_language()}"))


class FigureQuerySet(models.QuerySet["Figure"]):
    """Reads of what is counted."""

    def with_latest(self) -> "FigureQuerySet":
        """With the value, year and sources of the latest year that is known: `latest_value`, `latest_year`, `latest_source_fr` …"""
        latest = FigureValue.objects.filter(figure=models.OuterRef("pk")).order_by("-year")
        names = ("value", "year", "source_fr", "source_nl", "source_en")
        return self.annotate(**{f"latest_{name}": models.Subquery(latest.values(name)[:1]) for name in names})


class Figure(ClusterableModel):
    """What is counted, the same every year: `hf_meet_total` is the number of meetings with tenants."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("The same every year, and never changed: pages name it."))
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True)
    section = models.CharField(_("section of the report"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=FigureUnit)
    label_fr = models.CharField(_("label in French"), max_length=200)
    label_nl = models.CharField(_("label in Dutch"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["programme", "section", "key"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the reader's language."""
        return in_language(self, "label")

    @property
    def sign(self) -> str:
        """What stands behind the value."""
        return SIGNS.get(self.unit, "")


class FigureValueQuerySet(models.QuerySet["FigureValue"]):
    """Reads of the figures of years."""

    def by_key(self, keys: Iterable[str]) -> "dict[str, list[FigureValue]]":
        """The values of some figures with their figure, the latest year first. Shape: {key: values}. One query."""
        found: dict[str, list[FigureValue]] = {}
        for value in self.filter(figure__key__in=set(keys)).select_related("figure").order_by("-year"):
            found.setdefault(value.figure.key, []).append(value)
        return found


class FigureValue(models.Model):
    """A figure in one year, and where it was published."""

    figure = ParentalKey(Figure, verbose_name=_("figure"), on_delete=models.CASCADE, related_name="values")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    is_approximate = models.BooleanField(_("approximate"), default=False, help_text=_("The source says “about”, or “more than”."))
    source_fr = models.CharField(_("source in French"), max_length=160)
    source_nl = models.CharField(_("source in Dutch"), max_length=160)
    source_en = models.CharField(_("source in English"), max_length=160)
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: how it was counted, what contradicts it. Never shown."))
    # Written by the approval of a report and by nothing else: a number that was approved is corrected there, with a reason.
    approved_version = models.PositiveSmallIntegerField(_("version of the approved report"), null=True, blank=True, editable=False)

    objects = FigureValueQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year"]
        verbose_name = _("value of a year")
        verbose_name_plural = _("values of years")
        constraints: ClassVar = [models.UniqueConstraint(fields=["figure", "year"], name="core_figurevalue_once_a_year")]

    def __str__(self) -> str:
        return f"{self.figure.key}, {self.year}"

    def clean(self) -> None:
        """Forms change no number that was approved."""
        before = FigureValue.objects.filter(pk=self.pk, approved_version__isnull=False).first() if self.pk else None
        if before and (self.value, self.year, self.is_approximate) != (before.value, before.year, before.is_approximate):
            raise ValidationError(APPROVED)

    @property
    def source(self) -> str:
        """In the reader's language."""
        return in_language(self, "source")
