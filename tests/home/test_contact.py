"""Writing to Smes."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.mail.deliver import message_of
from core.models import OutgoingMail
from home.models import ContactPage
from tests.home.factories import add_pages
from tests.trainings.forms import send, started

pytestmark = pytest.mark.django_db

WORDS = {"name": "Zoé Exemple", "email": "zoe@example.org", "subject": "Une question", "message": "Bonjour,\nmerci d’avance."}


@pytest.fixture
def page() -> ContactPage:
    return add_pages(ContactPage, fr="Contact", nl="Contacteer ons", fields={"recipient": "contact@smes.example.org"})["fr"]


def test_the_message_goes_to_smes_and_the_page_says_so(client: Client, page: ContactPage) -> None:
    response = send(client, page.url, **WORDS)
    assert response.status_code == 302
    html = client.get(response["Location"]).content.decode()
    assert "notice--success" in html
    mail = OutgoingMail.objects.get()
    assert mail.to == "contact@smes.example.org"
    assert "zoe@example.org" in mail.text
    assert "merci d’avance." in mail.text
    assert "Une question" in mail.subject


def test_the_sender_gets_no_mail(client: Client, page: ContactPage) -> None:
    """Or the form would be a way to write to strangers in the name of Smes."""
    send(client, page.url, **WORDS)
    assert not OutgoingMail.objects.filter(to="zoe@example.org").exists()


def test_our_team_reads_what_was_typed(client: Client, page: ContactPage) -> None:
    send(client, page.url, **WORDS | {"name": "Zoé m.exemple", "subject": "Le site vivalis.brussels"})
    mail = OutgoingMail.objects.get()
    assert "Le site vivalis.brussels" in mail.subject
    assert "Zoé m.exemple" in mail.text


def test_a_message_cannot_add_a_header_or_markup_to_the_mail(client: Client, page: ContactPage) -> None:
    assert send(client, page.url, **WORDS | {"subject": "Bonjour\r\nBcc: victim@example.org"}).status_code == 422
    send(client, page.url, **WORDS | {"message": "<b>gras</b> & {{ 7*7 }}"})
    mail = OutgoingMail.objects.get()
    assert "\n" not in mail.subject
    assert "<b>gras" not in mail.html
    assert "{{ 7*7 }}" in mail.text


def test_nothing_typed_is_lost_on_an_error(client: Client, page: ContactPage) -> None:
    response = send(client, page.url, **WORDS | {"email": "zoe"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_email"' in html
    assert "merci d’avance." in html
    assert 'value="Une question"' in html
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(("field", "robot"), [("website", "https://robot.example.org"), ("started", "forged"), ("started", "")])
def test_robots_are_sent_back_without_a_mail(client: Client, page: ContactPage, field: str, robot: str) -> None:
    answers: dict[str, Any] = {"started": started(client, page.url)} | WORDS | {field: robot}
    assert client.post(page.url, answers).status_code == 422
    assert not OutgoingMail.objects.exists()


def test_a_form_filled_in_less_than_two_seconds_must_be_sent_again(client: Client, page: ContactPage, settings: Any) -> None:
    settings.FORM_FASTEST_SECONDS = 2.0
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False) as traveller:
        stamp = started(client, page.url)
        assert client.post(page.url, WORDS | {"started": stamp}).status_code == 422
        traveller.shift(3)
        assert client.post(page.url, WORDS | {"started": stamp}).status_code == 302


def test_a_form_left_open_for_days_says_so_and_can_be_sent_at_once(client: Client, page: ContactPage) -> None:
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False) as traveller:
        stamp = started(client, page.url)
        traveller.shift(25 * 3600)
        stale = client.post(page.url, WORDS | {"started": stamp})
        assert stale.status_code == 422
        html = stale.content.decode()
        fresh = html[html.index('name="started" value="') :].split('"')[3]
        assert client.post(page.url, WORDS | {"started": fresh}).status_code == 302


def test_one_network_writes_six_times_an_hour_before_it_is_asked_for_a_proof_of_work(client: Client, page: ContactPage) -> None:
    statuses = [send(client, page.url, **WORDS).status_code for _number in range(8)]
    assert statuses == [302] * 6 + [429] * 2
    assert OutgoingMail.objects.count() == 6


def test_the_page_alone_sets_a_cookie_because_of_its_form(client: Client, page: ContactPage) -> None:
    assert set(client.get(page.url).cookies) == {"csrftoken"}


@pytest.mark.parametrize(("language", "name"), [("fr", "nous-ecrire"), ("nl", "schrijf-ons")])
def test_one_url_redirects_to_the_page_of_the_language_with_its_subject(
    client: Client, page: ContactPage, language: str, name: str
) -> None:
    response = client.get(f"/{language}/{name}/", {"subject": "Psychoses : repères"}, follow=True)
    assert response.status_code == 200
    assert response.context["page"].locale.language_code == language
    assert 'value="Psychoses : repères"' in response.content.decode()


def test_a_strange_subject_is_only_text(client: Client, page: ContactPage) -> None:
    html = client.get(page.url, {"subject": '"><script>' + "x" * 500}).content.decode()
    assert "<script>x" not in html
    [typed] = re.findall(r'<input[^>]* name="subject"[^>]*>', html)
    assert f'value="&quot;&gt;&lt;script&gt;{"x" * 110}"' in typed, "120 characters, as many as one can type"


def test_without_a_contact_page_the_name_leads_nowhere(client: Client) -> None:
    assert client.get("/fr/nous-ecrire/").status_code == 404


def test_an_emoji_alone_is_no_name(client: Client, page: ContactPage) -> None:
    response = send(client, page.url, **WORDS | {"name": "🌻"})
    assert response.status_code == 422
    assert "Donnez un nom en lettres." in response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_the_answer_of_staff_goes_to_the_person_and_the_foot_speaks_to_staff(client: Client, page: ContactPage) -> None:
    send(client, page.url, **WORDS)
    mail = OutgoingMail.objects.get()
    assert message_of(mail).message()["Reply-To"] == "zoe@example.org"
    for body in (mail.text, mail.html):
        assert "votre réponse va à zoe@example.org" in body
        assert "votre adresse a été donnée" not in body
        assert "parce que vous vous en occupez au Smes" in body


def test_the_summary_of_errors_takes_the_focus_and_answers_survive_another_language(client: Client, page: ContactPage) -> None:
    html = send(client, page.url, **WORDS | {"email": "zoe"}).content.decode()
    assert "js/error-summary" in html
    assert "js/keep-answers" in html
    assert "js/error-summary" not in client.get(page.url).content.decode()
