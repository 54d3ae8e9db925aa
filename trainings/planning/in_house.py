"""Makes the in-house session of an institution. The catalogue, its feeds and its calendar leave such sessions out by their kind."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from core.models import User
from trainings.enums import SessionKind
from trainings.models import Meeting, Module, Session, Trainer, Venue
from trainings.planning.sessions import publish_session
from trainings.trainers.booking import refuse_double_booking

type Span = tuple[datetime.datetime, datetime.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class InHouseData:
    """What was agreed with the institution."""

    module: Module | None
    title: str
    language: str
    venue: Venue | None
    capacity: int
    spans: Sequence[Span]
    trainers: Iterable[Trainer] = field(default=())
    # Of the whole team; None: the price of the module.
    price_cents: int | None = None
    internal_note: str = ""


@transaction.atomic
def plan_in_house_session(*, data: InHouseData, now: datetime.datetime, by: User) -> Session:
    """A published session that only those find who have its link. Raises CannotChangeSession where something is missing, DoubleBooked."""
    session = Session.objects.create(
        kind=SessionKind.IN_HOUSE_TRAINING,
        module=data.module,
        title="" if data.module else data.title,
        language=data.language,
        venue=data.venue,
        capacity=data.capacity,
        price_cents=data.price_cents,
        internal_note=data.internal_note,
    )
    session.trainers.set(data.trainers)
    Meeting.objects.bulk_create(Meeting(session=session, starts_at=start, ends_at=end) for start, end in data.spans)
    refuse_double_booking(session)
    return publish_session(session=session, now=now, by=by)
