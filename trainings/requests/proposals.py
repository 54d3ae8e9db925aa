"""Writes, sends and accepts proposals."""

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import User
from trainings.models import Module, Proposal, ProposalPart, ProposedMeeting, Trainer, TrainingRequest
from trainings.models.requests import RequestNote, RequestStatus
from trainings.requests import mails
from trainings.requests.document import proposal_document
from trainings.requests.selectors import current_proposal, draft_of
from trainings.requests.status import change_status, lock_request

type Span = tuple[datetime.datetime, datetime.datetime]
WRITING = (RequestStatus.RECEIVED, RequestStatus.ANALYSIS, RequestStatus.PROPOSAL)


class ProposalRefusal(enum.StrEnum):
    """Why nothing can be done with a proposal."""

    NOT_NOW = "not_now"
    NO_DRAFT = "no_draft"
    OUT_OF_DATE = "out_of_date"
    OTHER_VERSION = "other_version"


class CannotPropose(Exception):
    """The step is refused; `reason` says why."""

    def __init__(self, reason: ProposalRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PartData:
    """One training of a proposal: a module of the catalogue, or a title of its own."""

    module: Module | None = None
    title: str = ""
    spans: Sequence[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalData:
    """What a coordinator writes."""

    parts: Sequence[PartData]
    price: str
    valid_until: datetime.date
    introduction: str = ""
    trainers: Sequence[Trainer] = field(default=())


@transaction.atomic
def write_proposal(*, request: TrainingRequest, data: ProposalData) -> Proposal:
    """Saves the draft of the next version; written again, it replaces the draft. Raises CannotPropose."""
    current = lock_request(request.pk)
    if current.status not in WRITING:
        raise CannotPropose(ProposalRefusal.NOT_NOW)
    draft = draft_of(current)
    if draft is None:
        latest = current.proposals.order_by("-version").values_list("version", flat=True).first() or 0
        draft = Proposal(request=current, version=latest + 1)
    draft.introduction, draft.price, draft.valid_until = data.introduction, data.price, data.valid_until
    draft.save()
    draft.trainers.set(data.trainers)
    draft.parts.all().delete()
    for each in data.parts:
        part = ProposalPart.objects.create(proposal=draft, module=each.module, title=each.title)
        ProposedMeeting.objects.bulk_create(ProposedMeeting(part=part, starts_at=start, ends_at=end) for start, end in each.spans)
    return draft


@transaction.atomic
def send_proposal(*, request: TrainingRequest, now: datetime.datetime, today: datetime.date, by: User) -> Proposal:
    """Freezes the draft with its words and mails the link. Earlier versions stay readable. Raises CannotPropose."""
    current = lock_request(request.pk)
    draft = draft_of(current)
    if current.status not in WRITING or draft is None:
        raise CannotPropose(ProposalRefusal.NOT_NOW if draft else ProposalRefusal.NO_DRAFT)
    if draft.valid_until < today:
        raise CannotPropose(ProposalRefusal.OUT_OF_DATE)
    draft.sent_at, draft.document = now, proposal_document(draft, on=today)
    draft.save(update_fields=["sent_at", "document"])
    change_status(current, RequestStatus.PROPOSAL, now=now, by=by)
    mails.step_taken(current, now=now)
    return draft


@transaction.atomic
def accept_proposal(*, request: TrainingRequest, version: int, now: datetime.datetime, today: datetime.date) -> TrainingRequest:
    """The institution says yes to the version it read. Idempotent. Raises CannotPropose, TransitionNotAllowed."""
    current = lock_request(request.pk)
    proposal = current_proposal(current)
    if proposal is None or proposal.version != version:
        raise CannotPropose(ProposalRefusal.OTHER_VERSION)
    if current.status in {RequestStatus.ACCEPTED, RequestStatus.PLANNED, RequestStatus.DONE}:
        return current
    if current.status != RequestStatus.PROPOSAL:
        raise TransitionNotAllowed(current.status)
    if proposal.valid_until < today:
        raise CannotPropose(ProposalRefusal.OUT_OF_DATE)
    change_status(current, RequestStatus.ACCEPTED, now=now, reason=RequestNote.BY_LINK)
    mails.step_taken(current, now=now)
    mails.news_for_staff(current, now=now)
    return current
