"""A trainer is in one room at a time, whatever the kind of session."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from trainings.enums import SessionStatus
from trainings.models import Meeting, Session, Trainer


@dataclass(frozen=True, slots=True)
class Clash:
    """A trainer of this session, and a meeting of another one at the same time."""

    trainer: Trainer
    meeting: Meeting


class DoubleBooked(Exception):
    """A trainer would be in two rooms at once."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(", ".join(str(clash.trainer.pk) for clash in clashes))
        self.clashes = clashes


def refuse_double_booking(session: Session) -> None:
    """Call last, in the transaction that wrote trainers or meetings. Raises DoubleBooked, and the transaction is to end.

    The rows of the trainers are the lock: of two who book one trainer at once, the second waits here and then sees the first.
    """
    trainers = lock_trainers(session.trainers.values_list("pk", flat=True))
    clashes = clashes_of(session, trainers)
    if clashes:
        raise DoubleBooked(clashes)


def lock_trainers(ids: Iterable[int]) -> list[Trainer]:
    """Always in the same order. Without the key: whoever only refers to the row need not wait."""
    return list(Trainer.objects.filter(pk__in=list(ids)).select_for_update(no_key=True).order_by("pk"))


def clashes_of(session: Session, trainers: Iterable[Trainer]) -> list[Clash]:
    """Meetings of other sessions at the same time, drafts included; a session that was called off holds nobody. Two queries."""
    spans = Meeting.objects.filter(session_id=session.pk).values_list("starts_at", "ends_at")
    overlap = Q(pk__in=[])
    for starts_at, ends_at in spans:
        overlap |= Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    others = Meeting.objects.exclude(session_id=session.pk).exclude(session__status=SessionStatus.CANCELLED).filter(overlap)
    by_id = {trainer.pk: trainer for trainer in trainers}
    found = others.filter(session__trainers__in=by_id).select_related("session__module").order_by("starts_at")
    return [Clash(by_id[meeting.trainer_id], meeting) for meeting in found.annotate(trainer_id=F("session__trainers"))]
