"""In-house sessions are in nothing the public finds by itself, and are planned once however often the button is pressed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.lifecycle.transitions import TransitionNotAllowed
from tests.concurrency import run_concurrently, slowly
from tests.trainings.factories import VenueFactory, make_sheets
from tests.trainings.requests.stories import accepted, coordinator, planned, span
from trainings.models import ProposalPart, Session, TrainingRequest
from trainings.querysets.sessions import SessionQuerySet
from trainings.requests import plan
from trainings.requests.plan import PlanData, plan_request
from trainings.requests.selectors import current_proposal, parts_of


def public_places(client: Client) -> str:
    """Everything the public finds dates in: sheet, catalogue, feed and calendar."""
    sheets = make_sheets(Session.objects.get().module)
    paths = [sheets["fr"].url, sheets["fr"].get_parent().url, "/fr/trainings.atom", "/fr/trainings.ics"]
    return "".join(client.get(path).content.decode() for path in paths)


@pytest.mark.django_db
def test_in_no_catalogue_feed_or_calendar(client: Client) -> None:
    _request, session = planned()
    found = public_places(client)
    assert session.reference not in found
    assert "BEGIN:VEVENT" not in found


@pytest.mark.django_db
@pytest.mark.control
def test_control_without_the_kind_it_would_be(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionQuerySet, "in_catalogue", lambda rows: rows)
    _request, session = planned()
    assert session.reference in public_places(client)


@pytest.mark.django_db
def test_who_enrols_by_the_link_reads_who_sees_her_name(client: Client) -> None:
    _request, session = planned()
    assert "its contact person sees your name" in client.get(f"/en/enrol/{session.reference}/").content.decode()


@pytest.fixture
def plan_twice(committed: None) -> Callable[[], list[Any]]:
    """Two colleagues press the button at the same moment; what became of each."""
    request, venue, by = accepted(), VenueFactory(), coordinator()
    proposal = current_proposal(request)
    assert proposal
    data = PlanData(venue=venue, capacity=9, spans={part.pk: [span(40)] for part in parts_of(proposal)})

    def press() -> str:
        try:
            return str(len(plan_request(request=request, data=data, now=timezone.now(), by=by)))
        except TransitionNotAllowed:
            return "too late"

    return lambda: sorted(run_concurrently(press, press))


def test_planned_at_once_by_two_it_is_planned_once(plan_twice: Callable[[], list[Any]]) -> None:
    assert plan_twice() == ["1", "too late"]
    assert Session.objects.count() == ProposalPart.objects.count() == 1


@pytest.mark.control
def test_control_without_the_lock_it_is_planned_twice(plan_twice: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "lock_request", lambda pk: TrainingRequest.objects.get(pk=pk))
    monkeypatch.setattr(plan, "current_proposal", slowly(partial(current_proposal), 0.3))
    assert plan_twice() == ["1", "1"]
    assert Session.objects.count() == 2
