"""Forgets the contact persons of requests: what is counted remains, organisation, module, steps and days."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from core.fields import readable_code, secret_token
from core.models import OutgoingMail
from trainings.models import Proposal, RequestTransition, TrainingRequest
from trainings.models.requests import ENDS, RequestNote, RequestStatus
from trainings.questionnaires.answer import forget_answers
from trainings.requests.selectors import answers_of, requests_with_turn
from trainings.requests.status import change_status

GIVEN = datetime.timedelta(days=5 * 365 + 1)
ENDED = datetime.timedelta(days=183)
STALE = datetime.timedelta(days=730)


def requests_due(now: datetime.datetime) -> QuerySet[TrainingRequest]:
    """Those whose contact person is to be forgotten: long done, ended without a training, or left without a step."""
    done = Q(status=RequestStatus.DONE, latest_step__lt=now - GIVEN)
    ended = Q(status__in=ENDS, latest_step__lt=now - ENDED)
    # A planned one has its sessions still to come.
    stale = ~Q(status__in=(RequestStatus.DONE, RequestStatus.PLANNED)) & Q(latest_step__lt=now - STALE)
    rows: Any = requests_with_turn(now.date())
    due: QuerySet[TrainingRequest] = rows.filter(done | ended | stale, erased_at=None)
    return due


@transaction.atomic
def prune_requests(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """The timed duty. Returns how many were (or would be) forgotten."""
    due = requests_due(now)
    return due.count() if dry_run else _forget(due, now=now)


def forget_contact(email: str, *, now: datetime.datetime) -> int:
    """Forgets one address at once. What is still open is withdrawn; the sessions it led to stay."""
    return _forget(_of(email), now=now)


def export_requests(email: str) -> list[dict[str, Any]]:
    """Everything known of one address. No secret link."""
    fields = ("reference", "status", "organisation_name", "name", "language", "purpose", "period", "people", "needs", "created_at")
    return [
        {field: getattr(each, field) for field in fields}
        | {"history": list(each.transitions.values("at", "to_status", "reason"))}
        | {"answers": {question.text: answer for question, answer in answers_of(each)}}
        | {"proposals": list(each.proposals.filter(sent_at__isnull=False).values("version", "sent_at", "introduction", "price"))}
        for each in _of(email)
    ]


def _of(email: str) -> QuerySet[TrainingRequest]:
    return TrainingRequest.objects.filter(email__iexact=email.strip(), erased_at=None)


def _forget(requests: QuerySet[TrainingRequest], *, now: datetime.datetime) -> int:
    rows = list(requests.order_by("pk"))
    for row in rows:
        if row.is_open and row.status != RequestStatus.PLANNED:
            change_status(row, RequestStatus.WITHDRAWN, now=now, reason=RequestNote.ERASED)
        # New keys: what stands in an old mail leads nowhere.
        row.reference, row.token, row.erased_at = readable_code(8), secret_token(), now
        row.name = row.email = row.purpose = row.period = row.needs = ""
        row.answer_set = None
        row.save()
    for row in rows:
        forget_answers(about=row.about)
    RequestTransition.objects.filter(request__in=rows).exclude(reason__in=RequestNote.values).update(reason="")
    Proposal.objects.filter(request__in=rows).update(introduction="", document={})
    OutgoingMail.objects.filter(about__in=[row.about for row in rows]).delete()
    return len(rows)
