"""The links of an offer: looking changes nothing, pressing answers, pressing twice or too late does no harm."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import clock
from core.models import OutgoingMail
from tests.html import text, texts
from tests.trainings.enrolment.people import MONDAY, at, full_session, history_of, status_of
from tests.trainings.factories import make_sheets
from tests.trainings.forms import started
from tests.trainings.mail import kinds_to, latest_mail, links_in
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.offers.overdue import pass_on_offers
from trainings.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Enrolment]:
    """Two who wait; the first was offered the seat on Monday, until Thursday at 23:59."""
    session, [leaving], waiting = full_session(waiting=2)
    make_sheets(session.module, fr="Écouter", nl="Luisteren", en="Listening")
    for enrolment in waiting:
        enrolment.language = "en"
        enrolment.save()
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    return waiting


@pytest.fixture
def first(people: list[Enrolment]) -> Enrolment:
    return people[0]


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2027-01-12 09:00")


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(moment))


def link(name: str, enrolment: Enrolment) -> str:
    with translation.override("en"):
        return reverse(f"trainings:{name}", args=[enrolment.token])


def press(client: Client, name: str, enrolment: Enrolment) -> Any:
    url = link(name, enrolment)
    return client.post(url, {"started": started(client, url)}, follow=True)


@pytest.mark.parametrize("name", ["accept_offer", "refuse_offer", "manage_enrolment"])
def test_a_scanner_that_follows_the_links_of_the_mail_answers_nothing(client: Client, first: Enrolment, name: str) -> None:
    mails = OutgoingMail.objects.count()
    for _visit in range(2):
        response = client.get(link(name, first))
        client.head(link(name, first))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert text(response.content.decode(), "h1") in {"A seat for you", "Refuse the seat?"}
    assert status_of(first) == "offered"
    assert OutgoingMail.objects.count() == mails


def test_the_mail_leads_to_both_answers(client: Client, first: Enrolment) -> None:
    mail = latest_mail(first)
    for words in (mail.text, mail.html):
        assert any(url.endswith(link("accept_offer", first)) for url in links_in(words))
        assert any(url.endswith(link("refuse_offer", first)) for url in links_in(words))


def test_she_sees_the_deadline_and_takes_the_seat(client: Client, first: Enrolment) -> None:
    page = client.get(link("manage_enrolment", first)).content.decode()
    assert "it is held for you until 14 January 2027, 23" in page

    answer = press(client, "accept_offer", first)

    assert text(answer.content.decode(), "h1") == "You are enrolled"
    assert status_of(first) == "confirmed"
    again = client.post(link("accept_offer", first), {}, follow=True)
    assert text(again.content.decode(), "h1") == "You are enrolled"
    assert kinds_to(first.email) == ["seat_offered", "enrolment_confirmed"]


def test_she_leaves_the_seat_to_the_next(client: Client, people: list[Enrolment]) -> None:
    first, second = people
    answer = press(client, "refuse_offer", first)
    assert text(answer.content.decode(), "h1") == "Your enrolment is cancelled"
    assert (status_of(first), status_of(second)) == ("cancelled", "offered")
    again = client.post(link("refuse_offer", first), {}, follow=True)
    assert again.status_code == 200
    assert history_of(first)[-1] == ("cancelled", "offer_refused")
    assert len(history_of(first)) == 3


def test_at_a_minute_to_midnight_the_button_still_gives_the_seat(client: Client, first: Enrolment, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2027-01-14 23:59")
    press(client, "accept_offer", first)
    assert status_of(first) == "confirmed"


def test_at_a_minute_past_midnight_the_page_says_so_and_she_waits_again(
    client: Client, people: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has not looked yet: page and button go by the deadline, not by the worker."""
    first, second = people
    set_clock(monkeypatch, "2027-01-15 00:01")
    page = client.get(link("accept_offer", first)).content.decode()
    assert text(page, "h1") == "This offer is over"
    assert "A seat was offered to you until 14 January 2027, 23" in page
    assert "I still want a seat" in " ".join(texts(page, "button"))

    answer = press(client, "accept_offer", first)

    page = answer.content.decode()
    assert text(page, "h1") == "You are on the waiting list"
    assert "That offer is over. You wait again, at the end of the list." in page
    assert (status_of(first), status_of(second)) == ("waiting", "offered")


def test_the_mail_about_a_missed_offer_says_the_same_as_the_page(client: Client, first: Enrolment, monkeypatch: pytest.MonkeyPatch) -> None:
    pass_on_offers(now=at("2027-01-15 00:01"))
    set_clock(monkeypatch, "2027-01-15 08:00")
    mail, page = latest_mail(first), client.get(link("manage_enrolment", first)).content.decode()
    said = "A seat was offered to you until 14 January 2027, 23"
    assert said in mail.text
    assert said in page
    assert any(url.endswith(link("accept_offer", first)) for url in links_in(mail.html))


@pytest.mark.parametrize("name", ["accept_offer", "refuse_offer"])
def test_who_has_no_offer_is_led_to_her_enrolment(client: Client, people: list[Enrolment], name: str) -> None:
    response = client.get(link(name, people[1]), follow=True)
    assert response.redirect_chain == [(link("manage_enrolment", people[1]), 302)]
    assert text(response.content.decode(), "h1") == "You are on the waiting list"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_language_has_its_own_words(client: Client, first: Enrolment, language: str) -> None:
    Enrolment.objects.filter(pk=first.pk).update(language=language)
    with translation.override(language):
        url = reverse("trainings:accept_offer", args=[first.token])
    heading = {"fr": "Une place pour vous", "nl": "Een plaats voor u", "en": "A seat for you"}[language]
    assert text(client.get(url).content.decode(), "h1") == heading
