"""Counters and sheets of numbers."""

import datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from core.models import FigureUnit, Programme
from followup.models import Activity, ActivityCategory, ActivityKind, CountedAs, CountSheet, SheetNumber, SheetTeam


class ActivityKindFactory(DjangoModelFactory[ActivityKind]):
    """Counted by a tap."""

    class Meta:
        model = ActivityKind
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"kind-{n}")
    name_fr = factory.Sequence(lambda n: f"Rencontre {n}")
    name_nl = factory.Sequence(lambda n: f"Ontmoeting {n}")
    name_en = factory.Sequence(lambda n: f"Gathering {n}")
    programme = Programme.CONNECT
    counted_as = CountedAs.TIMES
    unit = FigureUnit.COUNT


class ActivityCategoryFactory(DjangoModelFactory[ActivityCategory]):
    """One network."""

    class Meta:
        model = ActivityCategory
        django_get_or_create = ("kind", "code")

    kind = factory.SubFactory(ActivityKindFactory)
    code = factory.Sequence(lambda n: f"network-{n}")
    name_fr = name_nl = name_en = factory.LazyAttribute(lambda row: row.code.title())


class ActivityFactory(DjangoModelFactory[Activity]):
    """Counted once, on a day of March."""

    class Meta:
        model = Activity

    kind = factory.SubFactory(ActivityKindFactory)
    date = datetime.date(2026, 3, 12)
    number = 1


class SheetTeamFactory(DjangoModelFactory[SheetTeam]):
    """A team of Housing First, since the beginning of the year."""

    class Meta:
        model = SheetTeam

    slug = factory.Sequence(lambda n: f"team-{n}")
    name_fr = name_nl = name_en = factory.Sequence(lambda n: f"Team {n}")
    sheet = "hf_month"
    starts_on = datetime.date(2026, 1, 1)


class CountSheetFactory(DjangoModelFactory[CountSheet]):
    """A team's March."""

    class Meta:
        model = CountSheet

    sheet = "hf_month"
    team = factory.SubFactory(SheetTeamFactory)
    first_day = datetime.date(2026, 3, 1)


class SheetNumberFactory(DjangoModelFactory[SheetNumber]):
    """Home visits."""

    class Meta:
        model = SheetNumber

    sheet = factory.SubFactory(CountSheetFactory)
    line = "hf_meet_home"
    number = Decimal(60)
