"""Contact persons are forgotten two years after the end; what is counted stays."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.privacy.person import erase_person, export_person
from followup.enums import FileStatus, RequestStatus
from followup.models import Request
from followup.requests.forget import prune_requests, requests_due
from tests.followup.factories import FileFactory, RequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(months: float) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=round(months * 30.44))


def test_two_years_after_the_end_and_not_before() -> None:
    old, recent = RequestFactory(received_on=ago(24.5)), RequestFactory(received_on=ago(23))
    closed = FileFactory(request__received_on=ago(40), status=FileStatus.CLOSED, closed_on=ago(25)).request
    FileFactory(request__received_on=ago(40), status=FileStatus.CLOSED, closed_on=ago(23))
    FileFactory(request__received_on=ago(40))
    assert set(requests_due(NOW)) == {old, closed}
    assert prune_requests(now=NOW) == 2
    assert prune_requests(now=NOW) == 0
    for request in (old, closed):
        request.refresh_from_db()
        assert (request.name, request.email, request.phone, request.text) == ("", "", "", "")
        assert request.organisation_name
    recent.refresh_from_db()
    assert recent.email


def test_somebody_reads_and_erases_what_is_known_of_her() -> None:
    request = RequestFactory(email="alix@example.org")
    file = FileFactory(request__email="alix@example.org")
    told = export_person("ALIX@example.org")["followup"]["requests for support"]
    assert {each["reference"] for each in told} == {request.reference, file.request.reference}
    assert "token" not in told[0]
    assert erase_person("alix@example.org", now=NOW)["followup"] == {"requests for support": 2}
    assert not export_person("alix@example.org")["followup"]
    request.refresh_from_db()
    file.refresh_from_db()
    assert (request.status, file.status) == (RequestStatus.WITHDRAWN, FileStatus.OPEN)


def test_an_old_link_leads_nowhere(client: Client) -> None:
    request = RequestFactory(email="alix@example.org")
    url = reverse("followup:follow_request", args=[request.token])
    erase_person("alix@example.org", now=NOW)
    assert client.get(url).status_code == 404
    assert not Request.objects.filter(token=request.token).exists()
