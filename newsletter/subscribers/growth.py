"""How many read the newsletter, month by month."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from core.languages import Language
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Subscriber, SubscriberTransition

BRUSSELS = ZoneInfo("Europe/Brussels")
CAME = Q(to_status=SubscriberStatus.SUBSCRIBED) & ~Q(from_status=SubscriberStatus.SUBSCRIBED)
WENT = Q(from_status=SubscriberStatus.SUBSCRIBED) & ~Q(to_status=SubscriberStatus.SUBSCRIBED)


@dataclass(frozen=True, slots=True)
class Month:
    """Who came and went in a month, and how many there were at its end."""

    begins: datetime.date
    came: int
    went: int
    total: int


def months_of_growth(*, now: datetime.datetime, months: int = 24) -> list[Month]:
    """The latest months, the oldest first. From the dated transitions, which stay when a subscriber is erased. One query."""
    rows = (
        SubscriberTransition.objects.filter(CAME | WENT, at__lte=now)
        .annotate(month=TruncMonth("at", tzinfo=BRUSSELS))
        .values("month")
        .annotate(
            came=Sum(Case(When(CAME, then=Value(1)), default=Value(0), output_field=IntegerField())),
            went=Sum(Case(When(WENT, then=Value(1)), default=Value(0), output_field=IntegerField())),
        )
        .order_by("month")
    )
    counted = {row["month"].date(): (row["came"], row["went"]) for row in rows}
    shown = _latest_months(now.astimezone(BRUSSELS).date(), months)
    total = sum(came - went for month, (came, went) in counted.items() if month < shown[0])
    growth = []
    for month in shown:
        came, went = counted.get(month, (0, 0))
        total += came - went
        growth.append(Month(month, came, went, total))
    return growth


def _latest_months(today: datetime.date, months: int) -> list[datetime.date]:
    last = today.year * 12 + today.month - 1
    return [datetime.date(each // 12, each % 12 + 1, 1) for each in range(last - months + 1, last + 1)]


def subscribers_by_language() -> dict[str, int]:
    """Who gets mail today, per language; 0 where nobody does. One query."""
    counted = dict(Subscriber.objects.subscribed().not_suppressed().order_by().values_list("language").annotate(Count("pk")))
    return {language: counted.get(language, 0) for language in Language.values}
