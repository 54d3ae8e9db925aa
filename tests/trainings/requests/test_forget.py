"""How long a contact person is known: what is counted stays."""

import datetime

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.requests.factories import TrainingRequestFactory
from tests.trainings.requests.stories import planned
from trainings.models import TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.requests.forget import forget_contact, prune_requests
from trainings.requests.plan import finish_requests

pytestmark = pytest.mark.django_db


def ago(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


@pytest.mark.parametrize("days", [-0.01, 0.01], ids=["not-yet", "over"])
@pytest.mark.parametrize(
    ("status", "period"),
    [(RequestStatus.DONE, 5 * 365 + 1), (RequestStatus.DECLINED, 183), (RequestStatus.WITHDRAWN, 183), (RequestStatus.PROPOSAL, 730)],
)
def test_each_period_ends_to_the_quarter(status: RequestStatus, period: int, days: float) -> None:
    TrainingRequestFactory(status=status, created_at=ago(period + days))
    assert prune_requests(now=timezone.now(), dry_run=True) == (days > 0)
    assert prune_requests(now=timezone.now()) == (days > 0)


def test_a_planned_one_is_known_until_it_is_done() -> None:
    TrainingRequestFactory(status=RequestStatus.PLANNED, created_at=ago(800))
    assert prune_requests(now=timezone.now()) == 0


def test_what_is_counted_stays() -> None:
    request, session = planned(people=9)
    assert forget_contact(request.email, now=timezone.now()) == 1
    kept = TrainingRequest.objects.get(pk=request.pk)
    assert (kept.organisation_name, kept.people, kept.status) == (request.organisation_name, 9, RequestStatus.PLANNED)
    assert (kept.name, kept.email, kept.purpose) == ("", "", "")
    assert kept.token != request.token
    assert session.proposal_part.proposal.request_id == request.pk
    assert not OutgoingMail.objects.filter(about=request.about).exists()
    assert finish_requests(now=timezone.now() + datetime.timedelta(days=90)) == 1, "and it still comes to its end"
