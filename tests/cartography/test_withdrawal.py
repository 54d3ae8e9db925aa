"""A place leaves the map: its service is told why and how it comes back, and comes back through the link of that mail."""

import datetime
from typing import Any

import pytest
from django.test import Client

from cartography.enums import PlaceStatus, SubmissionKind
from cartography.models import MapPage, Place, Submission
from cartography.places.services import withdraw_place
from cartography.submissions.services import accept_submission
from core.models import OutgoingMail
from tests.cartography.factories import PlaceFactory
from tests.cartography.pages import form_values, link
from tests.core.factories import UserFactory
from tests.trainings.forms import send
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db


class TestBeingTold:
    def test_the_service_hears_why_and_how_to_come_back(self, now: datetime.datetime) -> None:
        place = PlaceFactory(name_fr="Maison du Tilleul", email="accueil@tilleul.example.org")
        withdraw_place(place=place, now=now, reason="Le service a fermé en mai.")
        mail = OutgoingMail.objects.get()
        assert (mail.to, mail.language) == ("accueil@tilleul.example.org", "fr")
        assert "Maison du Tilleul" in mail.subject
        for part in (mail.text, mail.html):
            assert "Le service a fermé en mai." in part
            assert place.token in part
            assert "sans recevoir de réponse" not in part

    def test_who_never_answered_reads_that_we_asked(self, now: datetime.datetime) -> None:
        withdraw_place(place=PlaceFactory(status=PlaceStatus.TO_CONFIRM), now=now)
        assert "sans recevoir de réponse" in OutgoingMail.objects.get().text

    def test_a_flemish_service_reads_dutch(self, now: datetime.datetime) -> None:
        withdraw_place(place=PlaceFactory(languages=["nl"], name_nl="Lindehuis"), now=now)
        mail = OutgoingMail.objects.get()
        assert (mail.language, mail.subject) == ("nl", "Lindehuis staat niet meer op de kaart van peerhulp")

    @pytest.mark.parametrize(
        ("fields", "asked"),
        [({"is_draft": True}, {}), ({"email": ""}, {}), ({"status": PlaceStatus.WITHDRAWN}, {}), ({}, {"tells_service": False})],
        ids=["readers never saw it", "no address", "gone already", "the map editor says no"],
    )
    def test_nobody_is_written_to_without_cause(self, now: datetime.datetime, fields: dict[str, Any], asked: dict[str, Any]) -> None:
        place = PlaceFactory(**fields)
        assert withdraw_place(place=place, now=now, **asked).status == PlaceStatus.WITHDRAWN
        assert not OutgoingMail.objects.exists()


class TestComingBack:
    @pytest.fixture
    def gone(self, maps: dict[str, MapPage], now: datetime.datetime) -> Place:
        return withdraw_place(place=PlaceFactory(status=PlaceStatus.TO_CONFIRM), now=now, reason="fermé")

    def test_opening_the_links_of_the_mail_brings_nothing_back(self, client: Client, gone: Place) -> None:
        mail = OutgoingMail.objects.get()
        for url in {*links_in(mail.text), *links_in(mail.html)}:
            client.get(url.replace("http://testserver", "").replace("&amp;", "&"))
        gone.refresh_from_db()
        assert gone.status == PlaceStatus.WITHDRAWN
        assert not Submission.objects.exists()

    def test_the_service_sends_its_record_and_a_person_puts_it_back(self, client: Client, gone: Place, now: datetime.datetime) -> None:
        url = next(each for each in links_in(OutgoingMail.objects.get().text) if gone.token in each).replace("http://testserver", "")
        assert "Demander à revenir" in client.get(url).content.decode()
        response = send(client, url, **form_values(client, url) | {"phone": "02 513 00 00"})
        assert response.status_code == 302
        gone.refresh_from_db()
        assert gone.status == PlaceStatus.WITHDRAWN
        sent = Submission.objects.get()
        assert sent.kind == SubmissionKind.EDIT
        place = accept_submission(submission=sent, now=now, by=UserFactory())
        assert place is not None
        assert (place.status, place.phone, place.checked_on) == (PlaceStatus.PUBLISHED, "02 513 00 00", now.date())
        assert place.slug in OutgoingMail.objects.get(kind="cartography/mail/decided").text
        assert [step.to_status for step in place.transitions.all()][-2:] == ["draft", "published"]

    def test_a_record_that_left_is_not_still_right(self, client: Client, gone: Place) -> None:
        response = client.post(link("confirm_current", gone.token))
        assert response["Location"] == link("own_place", gone.token)
        html = client.get(response["Location"]).content.decode()
        assert "no longer on the map" in html
        assert link("confirm_current", gone.token) not in html
        gone.refresh_from_db()
        assert gone.status == PlaceStatus.WITHDRAWN

    def test_a_draft_has_no_page_of_its_own(self, client: Client, maps: dict[str, MapPage]) -> None:
        draft = PlaceFactory(is_draft=True)
        assert client.get(link("own_place", draft.token)).status_code == 404
        assert client.get(link("change_place", draft.token)).status_code == 404
