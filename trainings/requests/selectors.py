"""Reads of requests: whose turn it is and since when, the proposal that counts, the sessions that came of it."""

import datetime
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from core import clock
from trainings.models import AnswerSet, Proposal, ProposalPart, Question, RequestTransition, Session, TrainingRequest
from trainings.models.requests import RequestStatus, Turn
from trainings.questionnaires.selectors import answers_in_words

# What a request points to: read with it.
PARENTS = ("module", "owner", "organisation", "answer_set", "payment_request")


def requests_with_turn(today: datetime.date) -> QuerySet[TrainingRequest]:
    """All requests with `since` (the latest step), `valid_until` (of the latest proposal) and `turn`: one query."""
    steps = RequestTransition.objects.filter(request=OuterRef("pk")).order_by().values("request")
    sent = Proposal.objects.filter(request=OuterRef("pk"), sent_at__isnull=False).order_by("-version")
    rows: Any = TrainingRequest.objects.all()
    rows = rows.annotate(
        latest_step=Subquery(steps.annotate(latest=Max("at")).values("latest")),
        valid_until=Subquery(sent.values("valid_until")[:1]),
    )
    has_told = Q(status=RequestStatus.ANALYSIS) & (Q(needs_told_at__isnull=False) | Q(answer_set__submitted_on__isnull=False))
    is_out_of_date = Q(status=RequestStatus.PROPOSAL, valid_until__lt=today)
    ours = Q(status__in=(RequestStatus.RECEIVED, RequestStatus.ACCEPTED)) | has_told | is_out_of_date
    theirs = Q(status__in=(RequestStatus.ANALYSIS, RequestStatus.PROPOSAL))
    turn = Case(When(ours, then=Value(Turn.OURS.value)), When(theirs, then=Value(Turn.THEIRS.value)), default=Value(Turn.NOBODYS.value))
    since = Case(When(has_told, then=Coalesce(F("needs_told_at"), F("latest_step"))), default=F("latest_step"))
    found: QuerySet[TrainingRequest] = rows.annotate(turn=turn, since=since).select_related(*PARENTS)
    return found


def in_turn(rows: Any) -> QuerySet[TrainingRequest]:
    """What waits for us first, the longest waiting on top; what is over last."""
    order = Case(When(turn=Turn.OURS, then=Value(0)), When(turn=Turn.THEIRS, then=Value(1)), default=Value(2))
    ordered: QuerySet[TrainingRequest] = rows.order_by(order, "since", "pk")
    return ordered


def waiting_for_us(today: datetime.date, *, limit: int) -> list[TrainingRequest]:
    """The longest waiting first."""
    rows: Any = requests_with_turn(today)
    return list(in_turn(rows.filter(turn=Turn.OURS))[:limit])


def request_by_token(token: str) -> TrainingRequest | None:
    """The request of a mailed link; None once the contact person is forgotten."""
    return requests_with_turn(clock.today()).filter(token=token, erased_at=None).first()


def current_proposal(request: TrainingRequest) -> Proposal | None:
    """The latest version that was sent."""
    return request.proposals.filter(sent_at__isnull=False).order_by("-version").first()


def draft_of(request: TrainingRequest) -> Proposal | None:
    """The version that is being written."""
    return request.proposals.filter(sent_at=None).first()


def parts_of(proposal: Proposal) -> list[ProposalPart]:
    """Its trainings with their meetings: two queries."""
    return list(proposal.parts.select_related("module", "session").prefetch_related("meetings"))


def answers_of(request: TrainingRequest) -> list[tuple[Question, str]]:
    """All that was answered in questionnaires and sent, in words of the reader, oldest first."""
    sent = AnswerSet.objects.filter(about=request.about, submitted_on__isnull=False).select_related("version").order_by("submitted_on")
    return [pair for answer_set in sent for pair in answers_in_words(answer_set)]


def sessions_of(request: TrainingRequest) -> list[Session]:
    """The in-house sessions that came of it, soonest first, with meetings, venue and seats."""
    rows = Session.objects.filter(proposal_part__proposal__request=request).with_dates().with_seats()
    return list(rows.select_related("module", "venue").prefetch_related("meetings").order_by("starts_at", "pk"))
