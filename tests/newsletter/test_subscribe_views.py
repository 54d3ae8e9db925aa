"""Subscribing, as the person who wants the newsletter and as the stranger who tries to learn something."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from newsletter.consent_texts import FORM, WORDINGS
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.forms import ThemesField
from newsletter.models import Consent, Subscriber, SubscriptionRequest, Suppression
from tests.core.factories import ThemeFactory
from tests.newsletter.factories import SubscriberFactory
from tests.newsletter.post import kinds_to, mails_to, path_in
from tests.trainings.forms import started

pytestmark = pytest.mark.django_db
NORA = "nora@example.org"


def address(language: str = "en") -> str:
    with translation.override(language):
        return reverse("newsletter:subscribe")


def ask(client: Client, email: str = NORA, **typed: Any) -> Any:
    """Fills in the form and sends it."""
    url = address()
    return client.post(url, {"started": started(client, url), "email": email, "language": "nl"} | typed)


def test_from_the_form_to_the_first_issue(client: Client) -> None:
    """One form, one mail, one button. Nothing is decided before the button."""
    theme = ThemeFactory(name_nl="Huisvesting")
    response = ask(client, themes=[theme.pk])
    assert response.status_code == 302
    assert "check your inbox" in client.get(response["Location"]).content.decode()
    [mail] = mails_to(NORA)
    assert mail.language == "nl"
    assert "Huisvesting" in mail.text
    assert Subscriber.objects.get().status == SubscriberStatus.UNCONFIRMED
    assert not Subscriber.objects.audience(timezone.now()).exists()

    link = path_in(mail, "c")
    html = client.get(link).content.decode()
    assert '<html lang="nl">' in html
    assert "De laatste stap" in html
    assert Subscriber.objects.get().status == SubscriberStatus.UNCONFIRMED

    page = client.post(link, follow=True).content.decode()
    assert "Welkom bij de abonnees" in page
    subscriber = Subscriber.objects.get()
    assert (subscriber.status, subscriber.language, list(subscriber.themes.all())) == (SubscriberStatus.SUBSCRIBED, "nl", [theme])
    assert list(Subscriber.objects.sendable("nl", timezone.now())) == [subscriber]


def test_the_register_keeps_who_said_yes_to_which_words_when_where_and_in_which_language(client: Client) -> None:
    ask(client)
    client.post(path_in(mails_to(NORA)[0], "c"))
    lines = Consent.objects.of(NORA)
    assert [(line.action, line.channel, line.wording, line.language) for line in lines] == [
        (ConsentAction.ASKED, Channel.FORM, FORM, "nl"),
        (ConsentAction.CONFIRMED, Channel.LINK, FORM, "nl"),
    ]
    assert NORA not in str(list(lines.values()))


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_words_agreed_to_stand_beside_the_button(client: Client, language: str) -> None:
    html = client.get(address(language)).content.decode()
    with translation.override(language):
        assert str(WORDINGS[FORM]).replace("’", "&#x27;") in html or str(WORDINGS[FORM]) in html


def test_nothing_is_ticked_in_advance(client: Client) -> None:
    ThemeFactory()
    html = client.get(address()).content.decode()
    assert not [box for box in re.findall(r"<input[^>]*checkbox[^>]*>", html) if "checked" in box]


def test_confirmed_twice_is_confirmed_once(client: Client) -> None:
    ask(client)
    link = path_in(mails_to(NORA)[0], "c")
    client.post(link)
    assert client.post(link, follow=True).status_code == 200
    assert Consent.objects.filter(action=ConsentAction.CONFIRMED).count() == 1


def test_an_old_link_does_not_bring_back_who_left(client: Client) -> None:
    ask(client)
    link = path_in(mails_to(NORA)[0], "c")
    client.post(link)
    client.post(f"/n/u/{Subscriber.objects.get().token}/")
    html = client.post(link, follow=True).content.decode()
    assert "fill in the form" in html or "vult u het formulier" in html
    assert Subscriber.objects.get().status == SubscriberStatus.UNSUBSCRIBED


def test_a_link_works_for_two_weeks(client: Client) -> None:
    ask(client)
    link = path_in(mails_to(NORA)[0], "c")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=15)):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410
    assert Subscriber.objects.get().status == SubscriberStatus.UNCONFIRMED


def state_of_address(kind: str) -> None:
    """What is known of Nora before she (or a stranger) fills in the form."""
    if kind == "reader":
        SubscriberFactory(email=NORA)
    if kind == "left":
        subscriber = SubscriberFactory(email=NORA, left=True)
        Suppression.objects.create(address_key=subscriber.address_key, reason=SuppressionReason.UNSUBSCRIBED, at=timezone.now())
    if kind == "unconfirmed":
        SubscriberFactory(email=NORA, unconfirmed=True)
    if kind == "bounced":
        SubscriberFactory(email=NORA, bounced=True)


STATES = ("unknown", "reader", "left", "unconfirmed", "bounced")


@pytest.mark.parametrize("kind", STATES[1:])
def test_the_answer_is_the_same_for_known_and_unknown_addresses(client: Client, kind: str) -> None:
    def answer() -> tuple[Any, ...]:
        response = ask(client)
        page = client.get(response["Location"])
        return response.status_code, response["Location"], page.status_code, page.content, sorted(response.headers), sorted(client.cookies)

    first = answer()
    state_of_address(kind)
    assert answer() == first


def test_the_form_does_the_same_work_for_every_address(client: Client) -> None:
    """Its duration cannot tell what its answer does not: same statements, one row, one task. The worker does the rest."""
    done = []
    url = address()
    moment = started(client, url)
    for kind in STATES:
        Subscriber.objects.all().delete()
        Suppression.objects.all().delete()
        state_of_address(kind)
        with CaptureQueriesContext(connection) as queries:
            client.post(url, {"started": moment, "email": NORA, "language": "fr"})
        done.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])
    assert all(each == done[0] for each in done)
    assert len(done[0]) <= 12
    assert DBTaskResult.objects.count() == SubscriptionRequest.objects.count() == len(STATES)


@pytest.mark.parametrize(
    ("kind", "mail"),
    [("unknown", "confirm"), ("left", "confirm"), ("unconfirmed", "confirm"), ("bounced", "confirm"), ("reader", "already")],
)
def test_the_mail_tells_the_owner_of_the_address_what_the_form_told_nobody(client: Client, kind: str, mail: str) -> None:
    state_of_address(kind)
    ask(client)
    assert kinds_to(NORA) == [mail]


def test_at_most_one_mail_an_hour_goes_to_an_address(client: Client) -> None:
    for _each in range(4):
        assert ask(client).status_code == 302
    assert kinds_to(NORA) == ["confirm"]
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        ask(client)
        assert kinds_to(NORA) == ["confirm", "confirm"]


def test_a_stranger_who_types_the_address_of_a_reader_changes_nothing_for_her(client: Client) -> None:
    theme = ThemeFactory()
    subscriber = SubscriberFactory(email=NORA, language="fr", themes=[theme])
    ask(client, language="en")
    mails_to(NORA)
    subscriber.refresh_from_db()
    assert (subscriber.language, list(subscriber.themes.all()), subscriber.status) == ("fr", [theme], SubscriberStatus.SUBSCRIBED)


def test_who_left_comes_back_by_confirming_again_and_is_no_longer_suppressed(client: Client) -> None:
    state_of_address("left")
    ask(client)
    assert Suppression.objects.holds(NORA)
    client.post(path_in(mails_to(NORA)[0], "c"))
    assert not Suppression.objects.holds(NORA)
    assert Subscriber.objects.audience(timezone.now()).count() == 1


def test_it_was_not_me(client: Client) -> None:
    """The mail holds a way never to hear of it again; the address is then closed to imports too."""
    ask(client)
    client.post(path_in(mails_to(NORA)[0], "u"))
    assert Subscriber.objects.get().status == SubscriberStatus.UNSUBSCRIBED
    assert Suppression.objects.holds(NORA)


def test_the_short_form_of_another_page_brings_its_address_along_and_sends_nothing_yet(client: Client) -> None:
    response = client.post(address(), {"short": "1", "email": NORA})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'value="{NORA}"' in html
    assert "There is a problem" not in html
    assert not SubscriptionRequest.objects.exists()


def test_no_page_of_the_subscription_sets_a_cookie(client: Client) -> None:
    ask(client)
    client.get(path_in(mails_to(NORA)[0], "c"))
    client.post(path_in(mails_to(NORA)[0], "c"), follow=True)
    assert not client.cookies


def test_the_form_works_where_a_browser_is_checked_for_forgery() -> None:
    """No token is asked, since no cookie says who somebody is."""
    client = Client(enforce_csrf_checks=True)
    assert ask(client).status_code == 302
    assert client.post(path_in(mails_to(NORA)[0], "c")).status_code == 302


HOSTILE: dict[str, Callable[[], dict[str, Any]]] = {
    "header injection": lambda: {"email": "nora@example.org\r\nBcc: all@example.org"},
    "two addresses": lambda: {"email": "nora@example.org,other@example.org"},
    "a name around it": lambda: {"email": '"Nora" <nora@example.org>'},
    "NUL": lambda: {"email": "nora\x00@example.org"},
    "very long": lambda: {"email": "n" * 300 + "@example.org"},
    "a domain that grows too long": lambda: {"email": "n@" + ".".join(["é" * 20 + "a" * 25] * 5) + ".org"},
    "markup": lambda: {"email": "<script>@example.org"},
    "unknown language": lambda: {"language": "de"},
    "unknown theme": lambda: {"themes": ["999999"]},
    "no number": lambda: {"themes": ["x'); drop table"]},
    "a filled trap": lambda: {"website": "http://spam.example.org"},
    "no moment": lambda: {"started": ""},
    "an invented moment": lambda: {"started": "1:2:3"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_kindly_and_mails_nobody(client: Client, name: str) -> None:
    response = ask(client, **HOSTILE[name]())
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not SubscriptionRequest.objects.exists()


def test_an_address_typed_in_capitals_is_the_same_reader(client: Client) -> None:
    SubscriberFactory(email=NORA)
    ask(client, email="  NORA@Example.org ")
    assert kinds_to(NORA) == ["already"]
    assert Subscriber.objects.count() == 1


def test_one_network_cannot_send_the_form_all_day(client: Client) -> None:
    for number in range(30):
        assert ask(client, email=f"n{number}@example.org").status_code == 302
    assert ask(client, email="one-more@example.org").status_code == 429


@pytest.mark.parametrize("key", ["9" * 40, "9223372036854775808", "-" + "9" * 30, "x" * 5000])
def test_a_key_no_database_holds_is_an_invalid_choice(key: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ThemesField().clean([key])
    assert refusal.value.code == "invalid_choice" or refusal.value.error_list[0].code in {"invalid_choice", "invalid_pk_value"}
