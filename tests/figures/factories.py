"""Approved reports for tests."""

import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.figures.period import Period
from core.models import Programme
from figures.models import Snapshot
from figures.report.canonical import to_bytes
from figures.report.reading import Report

NOTHING_COUNTED = to_bytes(Report(Period.of_year(2024), tuple(Programme), ()))


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    """The first version of the year 2024, without a figure."""

    class Meta:
        model = Snapshot

    year = 2024
    programme = ""
    version = factory.Sequence(lambda n: n + 1)
    content = NOTHING_COUNTED
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.content).hexdigest())
    approved_at = factory.LazyFunction(timezone.now)
    note = factory.LazyAttribute(lambda row: "" if row.version == 1 else "Un compte oublié")
