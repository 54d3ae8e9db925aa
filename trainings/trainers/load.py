"""How much each trainer gives in a year."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from trainings.enums import SessionStatus
from trainings.models import Meeting, Trainer


@dataclass(frozen=True, slots=True)
class Load:
    """One trainer in one year. A session counts in each year it has a meeting in."""

    trainer: Trainer
    sessions: int
    half_days: int
    minutes: int


def load_of(year: int) -> list[Load]:
    """The pool, whoever gives most first. Drafts, cancelled sessions and who left and gave nothing do not count. Two queries."""
    start, end = (timezone.make_aware(datetime.datetime(each, 1, 1)) for each in (year, year + 1))
    given = Meeting.objects.filter(
        starts_at__gte=start, starts_at__lt=end, session__status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED)
    )
    spans: dict[int, list[tuple[int, int]]] = {}
    for trainer, session, starts_at, ends_at in given.exclude(session__trainers=None).values_list(
        "session__trainers", "session", "starts_at", "ends_at"
    ):
        spans.setdefault(trainer, []).append((session, int((ends_at - starts_at).total_seconds() // 60)))
    rows = [
        Load(trainer, len({session for session, _minutes in own}), len(own), sum(minutes for _session, minutes in own))
        for trainer in Trainer.objects.order_by("name")
        if (own := spans.get(trainer.pk, [])) or trainer.is_active
    ]
    return sorted(rows, key=lambda row: -row.minutes)
