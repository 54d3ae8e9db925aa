"""Proposing, reporting, changing: by strangers and services, through mailed links that act on POST only."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from cartography.enums import PlaceStatus, SubmissionKind, SubmissionStatus
from cartography.freshness.reminders import ask_for_confirmation
from cartography.models import MapPage, Place, PlaceCheck, Submission
from cartography.submissions.services import forget_senders
from core.models import OutgoingMail
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.cartography.pages import form_values, link
from tests.core.factories import SectorFactory
from tests.trainings.forms import send
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(maps: dict[str, MapPage]) -> dict[str, Any]:
    """A form as it is typed."""
    SectorFactory(slug="homeless")
    return {
        "name_fr": "Maison du Tilleul",
        "sector": "homeless",
        "practices": ["volunteer"],
        "languages": ["fr", "nl"],
        "municipality": "1030 Schaarbeek",
        "service_email": "accueil@tilleul.example.org",
        "phone": "02 512 00 00",
        "site_url": "https://tilleul.example.org/",
        "summary": "Une table ouverte.",
        "email": "voisine@example.org",
        "proposer": "visitor",
    }


class TestProposing:
    def test_a_proposal_waits_for_the_mailed_link_then_for_a_person(self, client: Client, proposal: dict[str, Any]) -> None:
        response = send(client, link("propose"), **proposal)
        assert "check your inbox" in client.get(response["Location"]).content.decode()
        sent = Submission.objects.get()
        assert sent.status == SubmissionStatus.UNCONFIRMED
        assert not Place.objects.exists()
        url = next(each for each in links_in(OutgoingMail.objects.get().text) if sent.token in each).replace("http://testserver", "")
        client.get(url)
        sent.refresh_from_db()
        assert sent.status == SubmissionStatus.UNCONFIRMED
        response = send(client, url)
        assert sent.reference in client.get(response["Location"]).content.decode()
        sent.refresh_from_db()
        assert sent.status == SubmissionStatus.OPEN
        assert sent.values["nis"] == "21015"
        assert sent.values["postal_code"] == "1030"
        assert sent.values["website"] == "https://tilleul.example.org/"
        assert not Place.objects.exists()

    @pytest.mark.parametrize(
        ("field", "typed", "reason"),
        [
            ("service_email", "jeanne.dupont@asbl.be", "services only"),
            ("phone", "0475 12 34 56", "mobile number"),
            ("summary", "Demandez Jeanne au 0475 12 34 56", "mobile number"),
            ("municipality", "Atlantis", "no such municipality"),
            ("municipality", "1040", "Etterbeek"),
            ("practices", [], "fill in"),
            ("sector", "astrology", "choose one"),
            ("name_fr", "https://evil.example.org", "without a web address"),
            ("email", "nobody", "not complete"),
            ("proposer", "", "fill in"),
        ],
    )
    def test_what_cannot_stand_in_public_is_refused_with_a_reason(
        self, client: Client, proposal: dict[str, Any], field: str, typed: Any, reason: str
    ) -> None:
        response = send(client, link("propose"), **proposal | {field: typed})
        assert response.status_code == 422
        assert reason in response.content.decode()
        assert not Submission.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_a_street_makes_it_exact_and_none_keeps_it_hidden(self, client: Client, proposal: dict[str, Any]) -> None:
        send(client, link("propose"), **proposal)
        send(client, link("propose"), **proposal | {"street": "Rue de l’Exemple 3"})
        assert [sent.values["precision"] for sent in Submission.objects.all()] == ["municipality", "address"]

    def test_the_summary_is_kept_in_the_language_it_was_written_in(self, client: Client, proposal: dict[str, Any]) -> None:
        send(client, "/nl/peerhulp/voorstellen/", **proposal | {"summary": "Een open tafel."})
        sent = Submission.objects.get()
        assert (sent.values["summary_nl"], sent.values["summary_fr"], sent.language) == ("Een open tafel.", "", "nl")


class TestReporting:
    def test_a_report_gets_a_reference_and_changes_nothing(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory()
        response = send(client, link("report", place.slug), reason="gone")
        sent = Submission.objects.get()
        assert sent.reference in client.get(response["Location"]).content.decode()
        assert (sent.kind, sent.status, sent.place) == (SubmissionKind.REPORT, SubmissionStatus.OPEN, place)
        place.refresh_from_db()
        assert place.status == PlaceStatus.PUBLISHED
        assert not OutgoingMail.objects.exists()

    def test_a_wrong_detail_must_be_named(self, client: Client, maps: dict[str, MapPage]) -> None:
        response = send(client, link("report", PlaceFactory().slug), reason="wrong")
        assert response.status_code == 422
        assert "cannot guess" in response.content.decode()

    @pytest.mark.parametrize("reference", ["<script>", "ABCDEFG", "ABCDEFGHI", ""])
    def test_no_words_of_a_stranger_stand_as_a_reference(self, client: Client, maps: dict[str, MapPage], reference: str) -> None:
        html = client.get(link("report", PlaceFactory().slug), {"reference": reference}).content.decode()
        assert "<h1" in html
        assert "Send the report" in html

    def test_a_draft_cannot_be_reported(self, client: Client, maps: dict[str, MapPage]) -> None:
        assert client.get(link("report", PlaceFactory(is_draft=True).slug)).status_code == 404


class TestOwnRecord:
    def test_the_link_goes_to_the_address_of_the_record_and_nowhere_else(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory(email="accueil@tilleul.example.org")
        send(client, link("request_edit_link", place.slug), email="thief@example.org")
        mail = OutgoingMail.objects.get()
        assert mail.to == "accueil@tilleul.example.org"
        assert place.token in mail.text

    def test_without_an_address_there_is_nothing_to_send(self, client: Client, maps: dict[str, MapPage]) -> None:
        html = client.get(link("request_edit_link", PlaceFactory(email="").slug)).content.decode()
        assert "no address" in html
        assert 'method="post"' not in html

    def test_still_right_is_one_press(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory(checked_on="2025-12-01", reminder_count=2)
        url = link("confirm_current", place.token)
        client.get(url)
        assert not PlaceCheck.objects.exists()
        response = send(client, url)
        assert "counts as checked today" in client.get(response["Location"]).content.decode()
        place.refresh_from_db()
        assert place.reminder_count == 0

    def test_changes_wait_for_a_person(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory(is_exact=True, phone="02 512 00 00")
        url = link("change_place", place.token)
        typed = form_values(client, url) | {"phone": "02 513 00 00"}
        response = send(client, url, **typed)
        assert "looks at your changes" in client.get(response["Location"]).content.decode()
        place.refresh_from_db()
        assert place.phone == "02 512 00 00"
        sent = Submission.objects.get()
        assert sent.values["phone"] == "02 513 00 00"
        assert (sent.values["lat"], sent.values["summary_fr"]) == (place.lat, place.summary_fr)

    def test_a_second_edit_replaces_the_first(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory()
        url = link("change_place", place.token)
        for phone in ("02 513 00 00", "02 514 00 00"):
            send(client, url, **form_values(client, url) | {"phone": phone})
        assert [sent.values["phone"] for sent in Submission.objects.all()] == ["02 514 00 00"]

    def test_a_person_is_refused_here_too(self, client: Client, maps: dict[str, MapPage]) -> None:
        url = link("change_place", PlaceFactory().token)
        response = send(client, url, **form_values(client, url) | {"service_email": "jeanne.dupont@asbl.be"})
        assert response.status_code == 422

    def test_the_pages_are_private(self, client: Client, maps: dict[str, MapPage]) -> None:
        response = client.get(link("own_place", PlaceFactory().token))
        assert response["Cache-Control"] == "no-store, private"
        assert "noindex" in response["X-Robots-Tag"]
        assert client.get(link("own_place", "x" * 43)).status_code == 404


class TestScanner:
    """Mail servers open every link of a mail before its reader does."""

    def test_following_every_link_confirms_changes_and_reports_nothing(self, client: Client, proposal: dict[str, Any]) -> None:
        place = PlaceFactory(checked_on="2025-12-01", slug="tilleul")
        send(client, link("propose"), **proposal)
        send(client, link("request_edit_link", place.slug))
        ask_for_confirmation(now=datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC))
        mails = list(OutgoingMail.objects.all())
        assert len(mails) == 3
        before = everything()
        followed = 0
        for mail in mails:
            for url in {*links_in(mail.text), *links_in(mail.html)}:
                for method in ("get", "head", "options"):
                    getattr(client, method)(url.replace("http://testserver", "").replace("&amp;", "&"))
                followed += 1
        assert followed > 8
        assert everything() == before

    def test_the_control_the_same_links_act_on_post(self, client: Client, proposal: dict[str, Any]) -> None:
        send(client, link("propose"), **proposal)
        before = everything()
        url = next(each for each in links_in(OutgoingMail.objects.get().text) if "confirm" in each)
        send(client, url.replace("http://testserver", ""))
        assert everything() != before


def everything() -> list[Any]:
    """All that people's messages could change."""
    return [
        list(Place.objects.order_by("pk").values()),
        list(PlaceCheck.objects.order_by("pk").values()),
        list(Submission.objects.order_by("pk").values()),
        OutgoingMail.objects.count(),
    ]


class TestForgetting:
    def test_addresses_go_a_month_after_the_decision_and_unconfirmed_proposals_after_a_week(self, now: datetime.datetime) -> None:
        old = now - datetime.timedelta(days=40)
        decided = SubmissionFactory(status=SubmissionStatus.REFUSED, decided_at=old)
        recent = SubmissionFactory(status=SubmissionStatus.REFUSED, decided_at=now - datetime.timedelta(days=5))
        waiting = SubmissionFactory(created_at=old)
        SubmissionFactory(status=SubmissionStatus.UNCONFIRMED, confirmed_at=None, created_at=old)
        assert forget_senders(now=now) == (1, 1)
        decided.refresh_from_db()
        assert decided.email == ""
        for kept in (recent, waiting):
            kept.refresh_from_db()
            assert kept.email


def test_the_summary_of_errors_leads_to_the_fields(client: Client, maps: dict[str, MapPage]) -> None:
    html = send(client, link("propose")).content.decode()
    assert re.search(r'href="#id_name_fr"', html)
    assert re.search(r'href="#id_practices_0"', html)
