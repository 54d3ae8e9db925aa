"""Number of subscribers by month."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from core.languages import Language
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Subscriber, SubscriberTransition

BRUSSELS = ZoneInfo("Europe/Brussels")
JOINED = Q(to_status=SubscriberStatus.SUBSCRIBED) & ~Q(from_status=SubscriberStatus.SUBSCRIBED)
LEFT = Q(from_status=SubscriberStatus.SUBSCRIBED) & ~Q(to_status=SubscriberStatus.SUBSCRIBED)


@dataclass(frozen=True, slots=True)
class Month:
    """Subscribers gained and lost in a month, and the total at its end."""

    begins: datetime.date
    joined: int
    left: int
    total: int


def months_of_growth(*, now: datetime.datetime, months: int = 24) -> list[Month]:
    """The latest months, the oldest first. From the transitions, which outlive erased subscribers. One query."""
    rows = (
        SubscriberTransition.objects.filter(JOINED | LEFT, at__lte=now)
        .annotate(month=TruncMonth("at", tzinfo=BRUSSELS))
        .values("month")
        .annotate(
            joined=Sum(Case(When(JOINED, then=Value(1)), default=Value(0), output_field=IntegerField())),
            left=Sum(Case(When(LEFT, then=Value(1)), default=Value(0), output_field=IntegerField())),
        )
        .order_by("month")
    )
    counted = {row["month"].date(): (row["joined"], row["left"]) for row in rows}
    shown = _latest_months(now.astimezone(BRUSSELS).date(), months)
    total = sum(joined - left for month, (joined, left) in counted.items() if month < shown[0])
    growth = []
    for month in shown:
        joined, left = counted.get(month, (0, 0))
        total += joined - left
        growth.append(Month(month, joined, left, total))
    return growth


def _latest_months(today: datetime.date, months: int) -> list[datetime.date]:
    last = today.year * 12 + today.month - 1
    return [datetime.date(each // 12, each % 12 + 1, 1) for each in range(last - months + 1, last + 1)]


def subscribers_by_language() -> dict[str, int]:
    """Number of subscribers who get mail, per language. One query."""
    counted = dict(Subscriber.objects.subscribed().not_suppressed().order_by().values_list("language").annotate(Count("pk")))
    return {language: counted.get(language, 0) for language in Language.values}
