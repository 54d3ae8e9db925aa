"""A request for support, from the form or from the phone, until it is decided."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail, Sector, User
from followup.enums import Origin, Pillar, Reason, RequestStatus, Source
from followup.models import Request
from followup.requests.receive import RequestData, note_request
from followup.requests.steps import complete_request, take_step
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.core.people import member
from tests.followup.factories import RequestFactory
from tests.trainings.forms import send
from tests.trainings.mail import kinds_to, links_in, mails_to

pytestmark = pytest.mark.django_db
FORM = "/fr/demander-un-soutien/"
TYPED = {
    "pillar": "mobile_team",
    "text": "L’équipe ne sait plus comment continuer.",
    "reason": "concern",
    "origin": "colleague",
    "organisation": "Maison Exemple",
    "service": "Accueil",
    "name": "Alix Exemple",
    "email": "alix@example.org",
    "phone": "02 000 00 00",
    "language": "fr",
}


def colleague() -> User:
    return member("Follow-up")


def page_of(client: Client, request: Request, name: str = "follow_request") -> Any:
    with translation.override("fr"):
        return client.get(reverse(f"followup:{name}", args=[request.token]))


class TestAsking:
    def test_the_form_tells_the_reference_and_what_happens_next(self, client: Client) -> None:
        response = send(client, FORM, **TYPED)
        request = Request.objects.get()
        html = unescape(client.get(response["Location"]).content.decode())
        assert f"Votre référence : {request.reference}" in html.replace("\u00a0", " ").replace("\u202f", " ")
        assert (request.pillar, request.reason, request.origin, request.source) == ("mobile_team", "concern", "colleague", Source.FORM)
        assert [each.to_status for each in request.transitions.all()] == ["received"]

    def test_it_mails_the_link_and_tells_the_follow_up_without_what_it_is_about(self, client: Client) -> None:
        by = colleague()
        send(client, FORM, **TYPED)
        [mail] = mails_to("alix@example.org")
        request = Request.objects.get()
        assert [link for link in links_in(mail.text) if request.token in link]
        assert kinds_to(by.email) == ["request_news"]
        for each in OutgoingMail.objects.all():
            assert TYPED["text"] not in each.text + each.html + each.subject

    def test_the_same_form_sent_twice_is_one_request(self, client: Client) -> None:
        send(client, FORM, **TYPED)
        send(client, FORM, **TYPED)
        assert Request.objects.count() == 1
        assert len(mails_to("alix@example.org")) == 1

    def test_what_looks_like_a_name_is_asked_about_before_it_is_kept(self, client: Client) -> None:
        assert "ni nom, ni date de naissance, ni numéro." in unescape(client.get(FORM).content.decode())
        response = send(client, FORM, **TYPED | {"text": "Il s’agit de Karim Benali, 0475 12 34 56."})
        assert response.status_code == 422
        assert "Karim Benali" in unescape(response.content.decode())
        assert not Request.objects.exists()

    def test_a_page_of_a_pillar_chooses_it(self, client: Client) -> None:
        [chosen] = [each for each in re.findall("<input[^>]*>", client.get(f"{FORM}?for=pat").content.decode()) if "checked" in each]
        assert 'value="pat"' in chosen
        assert "checked" not in client.get(f"{FORM}?for=nothing").content.decode()

    @pytest.mark.parametrize("missing", ["pillar", "text", "name", "email"])
    def test_what_is_needed_is_asked_for(self, client: Client, missing: str) -> None:
        assert send(client, FORM, **TYPED | {missing: ""}).status_code == 422
        assert not Request.objects.exists()

    def test_a_robot_that_fills_the_hidden_field_is_refused(self, client: Client) -> None:
        assert send(client, FORM, **TYPED, website="https://x.example.org").status_code == 422
        assert not Request.objects.exists()


class TestFollowing:
    def test_the_page_of_the_link_says_where_it_stands_and_is_for_nobody_else(self, client: Client) -> None:
        request = RequestFactory()
        response = page_of(client, request)
        assert "Nous avons reçu votre demande" in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        take_step(request=request, to=RequestStatus.ADVICE_ONLY, now=timezone.now(), by=colleague())
        assert "Nous vous avons conseillé" in page_of(client, request).content.decode()

    def test_by_the_link_it_is_withdrawn_once(self, client: Client) -> None:
        by = colleague()
        request = RequestFactory(owner=by)
        with translation.override("fr"):
            url = reverse("followup:withdraw_request", args=[request.token])
        assert page_of(client, request, "withdraw_request").status_code == 200
        for _twice in range(2):
            client.post(url, {"started": ""} | _stamp(client, url))
        request.refresh_from_db()
        assert request.status == RequestStatus.WITHDRAWN
        assert request.transitions.filter(to_status="withdrawn").count() == 1
        assert kinds_to(by.email) == ["request_news"]


def _stamp(client: Client, url: str) -> dict[str, str]:
    html = client.get(url).content.decode()
    return {"started": html.partition('name="started" value="')[2].partition('"')[0]} if 'name="started"' in html else {}


class TestNoting:
    def test_a_call_is_noted_with_whom_it_is_for_alone_and_nobody_gets_a_mail(self) -> None:
        by, day = colleague(), timezone.localdate() - datetime.timedelta(days=3)
        data = RequestData(pillar=Pillar.PAT, email="Alix@Example.org")
        request = note_request(data=data, received_on=day, now=timezone.now(), by=by)
        assert (request.source, request.owner, request.email) == (Source.STAFF, by, "alix@example.org")
        assert timezone.localdate(request.transitions.get().at) == day
        assert not OutgoingMail.objects.exists()

    def test_the_directory_gives_the_sector_of_that_day(self) -> None:
        sector = SectorFactory()
        organisation = OrganisationFactory(name_fr="Le Foyer Inventé", sector=sector)
        data = RequestData(pillar=Pillar.MOBILE_TEAM, organisation_name="ASBL Foyer inventé")
        request = note_request(data=data, received_on=timezone.localdate(), now=timezone.now(), by=colleague())
        organisation.sector = SectorFactory()
        organisation.save()
        request.refresh_from_db()
        assert (request.organisation, request.sector) == (organisation, sector)

    def test_what_was_missing_is_completed(self) -> None:
        request = RequestFactory(organisation_name="")
        sector: Sector = SectorFactory()
        complete_request(request=request, organisation_name="Foyer", service="", sector=sector, origin=Origin.WEB, reason=Reason.LOSS)
        request.refresh_from_db()
        assert (request.organisation_key, request.sector, request.origin, request.reason) == ("foyer", sector, "web", "loss")

    def test_an_organisation_that_is_known_by_now_brings_its_sector(self) -> None:
        request, organisation = RequestFactory(organisation_name=""), OrganisationFactory(sector=SectorFactory())
        complete_request(request=request, organisation_name=organisation.name, service="", sector=None, origin="", reason="")
        request.refresh_from_db()
        assert (request.organisation, request.sector) == (organisation, organisation.sector)


class TestSteps:
    def test_who_acts_first_is_in_charge(self) -> None:
        first, second = colleague(), colleague()
        request = RequestFactory()
        take_step(request=request, to=RequestStatus.ANALYSIS, now=timezone.now(), by=first)
        take_step(request=request, to=RequestStatus.ON_HOLD, now=timezone.now(), by=second, reason="Congés")
        request.refresh_from_db()
        assert (request.owner, request.status) == (first, RequestStatus.ON_HOLD)

    def test_what_has_ended_takes_no_step(self) -> None:
        request = RequestFactory(status=RequestStatus.DECLINED)
        with pytest.raises(TransitionNotAllowed):
            take_step(request=request, to=RequestStatus.ANALYSIS, now=timezone.now(), by=colleague())

    def test_a_step_of_yesterday_stands_on_its_day_and_never_before_the_one_it_followed(self) -> None:
        today = timezone.localdate()
        request = RequestFactory(received_on=today - datetime.timedelta(days=9))
        for to, days in ((RequestStatus.ANALYSIS, 5), (RequestStatus.ADVICE_ONLY, 7)):
            take_step(request=request, to=to, now=timezone.now(), by=colleague(), on=today - datetime.timedelta(days=days))
        days = [(today - timezone.localdate(each.at)).days for each in request.transitions.all()]
        assert days == [9, 5, 5]

    @pytest.mark.control
    def test_the_database_keeps_no_name_of_a_contact_person_that_was_forgotten(self) -> None:
        request = RequestFactory()
        with pytest.raises(IntegrityError, match="followup_request_erased_holds_nobody"):
            Request.objects.filter(pk=request.pk).update(erased_at=timezone.now())
