"""The manage link: GET shows, POST acts, and nobody else sees it."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.html import texts
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, SessionFactory, make_sheets
from tests.trainings.forms import send
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    session = SessionFactory(capacity=2, meetings=2, online_url="https://meet.example.org/secret", delivery="hybrid")
    make_sheets(session.module, fr="Écouter", nl="Luisteren", en="Listening")
    made: Enrolment = EnrolmentFactory(session=session, language="en", function="Nurse", access_needs="a lift")
    return made


def link(name: str, enrolment: Enrolment) -> str:
    with translation.override("en"):
        return reverse(f"trainings:{name}", args=[enrolment.token])


PAGES = ("manage_enrolment", "change_enrolment", "cancel_enrolment", "enrolment_calendar")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_behind_the_link_is_kept_from_caches_and_search_engines(client: Client, enrolment: Enrolment, name: str) -> None:
    response = client.get(link(name, enrolment))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", PAGES)
def test_looking_changes_nothing(client: Client, enrolment: Enrolment, name: str) -> None:
    before = Enrolment.objects.values().get()
    client.get(link(name, enrolment))
    client.head(link(name, enrolment))
    assert Enrolment.objects.values().get() == before
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", [*PAGES, "download_certificate"])
def test_a_link_that_is_not_ours_leads_nowhere(client: Client, enrolment: Enrolment, name: str) -> None:
    other = link(name, enrolment).replace(enrolment.token, "x" * 43)
    response = client.get(other)
    assert response.status_code == 404
    assert "This link leads nowhere" in response.content.decode()
    assert client.post(other).status_code in {404, 405}


def test_the_page_says_where_the_person_stands_and_what_she_told(client: Client, enrolment: Enrolment) -> None:
    html = client.get(link("manage_enrolment", enrolment)).content.decode()
    for words in ("You are enrolled", "Your seat is confirmed.", enrolment.name, "Nurse", "a lift", enrolment.reference, "Listening"):
        assert words in html
    assert len(texts(html, "time")) == 2
    assert html.count("Rue de l’Exemple 12") == 1
    assert "meet.example.org" not in html  # by mail and calendar only


def test_who_waits_sees_her_rank(client: Client, enrolment: Enrolment) -> None:
    EnrolmentFactory(session=enrolment.session, is_waiting=True)
    second = EnrolmentFactory(session=enrolment.session, is_waiting=True)
    html = client.get(link("manage_enrolment", second)).content.decode()
    assert "A seat is free again, for those on the waiting list. You are number 2." in html
    assert html.count("Rue de l’Exemple 12") == 1
    assert "Leave the waiting list" in html


def test_details_can_be_changed_but_not_the_address(client: Client, enrolment: Enrolment) -> None:
    url = link("change_enrolment", enrolment)
    assert 'value="Nurse"' in client.get(url).content.decode()
    response = send(client, url, name="Camille Nouveau", function="Team leader", language="nl", email="thief@example.org")
    assert response["Location"] == link("manage_enrolment", enrolment)
    changed = Enrolment.objects.get(pk=enrolment.pk)
    assert (changed.name, changed.function, changed.language, changed.access_needs) == ("Camille Nouveau", "Team leader", "nl", "")
    assert changed.participant.email == enrolment.participant.email
    assert "Your details are changed." in client.get(response["Location"]).content.decode()


def test_a_change_without_a_name_is_told_and_keeps_the_old_one(client: Client, enrolment: Enrolment) -> None:
    response = send(client, link("change_enrolment", enrolment), name=" ", language="en")
    assert response.status_code == 422
    assert 'href="#id_name"' in response.content.decode()
    assert Enrolment.objects.get(pk=enrolment.pk).name == enrolment.name


def test_cancelling_asks_once_more_then_frees_the_seat_and_tells(client: Client, enrolment: Enrolment) -> None:
    url = link("cancel_enrolment", enrolment)
    assert "Cancel your enrolment?" in client.get(url).content.decode()
    response = send(client, url)
    assert "Your enrolment is cancelled" in client.get(response["Location"]).content.decode()
    assert Enrolment.objects.get(pk=enrolment.pk).status == EnrolmentStatus.CANCELLED
    assert OutgoingMail.objects.filter(to=enrolment.participant.email).count() == 1


def test_pressed_twice_it_stays_cancelled_and_mails_once(client: Client, enrolment: Enrolment) -> None:
    send(client, link("cancel_enrolment", enrolment))
    again = client.post(link("cancel_enrolment", enrolment), {"started": "whatever"})
    assert again["Location"] == link("manage_enrolment", enrolment)
    assert OutgoingMail.objects.count() == 1


def test_a_button_pressed_by_another_site_does_nothing(enrolment: Enrolment) -> None:
    response = Client(enforce_csrf_checks=True).post(link("cancel_enrolment", enrolment))
    assert response.status_code == 403
    assert Enrolment.objects.get(pk=enrolment.pk).status == EnrolmentStatus.CONFIRMED


def test_after_the_session_nothing_can_be_changed(client: Client) -> None:
    over = EnrolmentFactory(session=SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=3)))
    for name in ("change_enrolment", "cancel_enrolment"):
        for response in (client.get(link(name, over)), client.post(link(name, over), {"name": "x"})):
            assert response.status_code == 410
            assert "This can no longer be changed here." in response.content.decode()
    assert Enrolment.objects.get(pk=over.pk).status == EnrolmentStatus.CONFIRMED


def test_a_cancelled_session_says_so(client: Client, enrolment: Enrolment) -> None:
    Session.objects.update(status="cancelled")
    assert "This session is cancelled" in client.get(link("manage_enrolment", enrolment)).content.decode()


def test_the_calendar_holds_every_meeting(client: Client, enrolment: Enrolment) -> None:
    response = client.get(link("enrolment_calendar", enrolment))
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 2
    unfolded = response.content.replace(b"\r\n ", b"").decode()
    assert enrolment.token in unfolded


def test_the_certificate_waits_behind_the_link(client: Client, enrolment: Enrolment) -> None:
    assert client.get(link("download_certificate", enrolment)).status_code == 404
    certificate = CertificateFactory(enrolment=enrolment)
    assert link("download_certificate", enrolment) in client.get(link("manage_enrolment", enrolment)).content.decode()
    response = client.get(link("download_certificate", enrolment))
    assert response.content.startswith(b"%PDF-")
    assert certificate.code in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store, private"


def test_a_withdrawn_certificate_is_gone(client: Client, enrolment: Enrolment) -> None:
    CertificateFactory(enrolment=enrolment, revoked_at=timezone.now())
    response = client.get(link("download_certificate", enrolment))
    assert response.status_code == 410
    assert "withdrew" in response.content.decode()
    assert link("download_certificate", enrolment) not in client.get(link("manage_enrolment", enrolment)).content.decode()


@pytest.mark.parametrize(("language", "words"), [("fr", "Écouter"), ("nl", "Luisteren")])
def test_the_link_works_in_each_language(client: Client, enrolment: Enrolment, language: str, words: str) -> None:
    with translation.override(language):
        url = reverse("trainings:manage_enrolment", args=[enrolment.token])
    assert words in client.get(url).content.decode()


@pytest.mark.parametrize("bad", [{"name": "x" * 999}, {"sector": "-1"}, {"language": ["a", "b"]}, {"started": "0"}])
def test_bad_changes_get_a_message(client: Client, enrolment: Enrolment, bad: dict[str, Any]) -> None:
    response = send(client, link("change_enrolment", enrolment), **({"name": "Camille", "language": "en"} | bad))
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
