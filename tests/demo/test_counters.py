"""Counters of the demo."""

from core import clock
from demo.builders.activities import COUNTED, build_counters
from followup.models import Activity, ActivityCategory


def test_the_demo_has_counters_of_these_weeks(db: None) -> None:
    build_counters()
    assert Activity.objects.count() == len(COUNTED)
    assert not Activity.objects.filter(date__gt=clock.today()).exists()
    # Whatever is told by category has one.
    sorted_kinds = ActivityCategory.objects.values("kind")
    assert not Activity.objects.filter(category=None, kind__in=sorted_kinds).exists()
