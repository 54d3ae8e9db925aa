"""Counts of places by sector, region and age of record, as bars."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cartography.directory.freshness import age_in_months
from cartography.enums import Region
from core.models import Sector

# Up to so many months, and what to call it. None: never checked.
AGES: tuple[tuple[int | None, Any], ...] = (
    (3, _("less than 3 months ago")),
    (6, _("3 to 6 months ago")),
    (12, _("6 to 12 months ago")),
    (18, _("12 to 18 months ago")),
    (10_000, _("more than 18 months ago")),
    (None, _("never checked")),
)
Rows = Iterable[Mapping[str, Any]]


def age_bars(rows: Rows, *, today: datetime.date) -> list[dict[str, Any]]:
    """How long ago the records were checked. `rows` with `checked_on`."""
    counts: Counter[int | None] = Counter()
    for row in rows:
        months = age_in_months(row["checked_on"], today)
        counts[None if months is None else next(limit for limit, _label in AGES if limit is not None and months < limit)] += 1
    return bars((label, counts[limit]) for limit, label in AGES if limit is not None or counts[None])


def region_bars(rows: Rows) -> list[dict[str, Any]]:
    """`rows` with `region`."""
    counts = Counter(row["region"] for row in rows)
    return bars((label, counts[code]) for code, label in Region.choices)


def sector_bars(rows: Rows) -> list[dict[str, Any]]:
    """`rows` with `sector_id`; the largest first. One query for the names."""
    counts = Counter(row["sector_id"] for row in rows)
    names = {sector.pk: sector.name for sector in Sector.objects.filter(pk__in=counts)}
    return bars((names[pk], count) for pk, count in counts.most_common())


def bars(counted: Iterable[tuple[Any, int]]) -> list[dict[str, Any]]:
    """What components/chart.html draws."""
    pairs = [(str(label), count) for label, count in counted]
    largest = max((count for _label, count in pairs), default=0) or 1
    return [{"label": label, "value": count, "share": f"{count / largest * 100:.2f}"} for label, count in pairs]
