"""The links at the foot of every mail: choose, leave at one click, come back, be erased. For people and for the machines in between."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.models import OutgoingMail
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.links import preferences_url, unsubscribe_url
from newsletter.models import Consent, Subscriber, SubscriberTransition, SubscriptionRequest, Suppression
from newsletter.subscribers.status import suppress
from tests.core.factories import ThemeFactory
from tests.newsletter.factories import SubscriberFactory
from tests.trainings.forms import started

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscriber() -> Subscriber:
    made: Subscriber = SubscriberFactory(email="nora@example.org", language="en")
    return made


def leave_path(subscriber: Subscriber) -> str:
    return f"/n/u/{subscriber.token}/"


def preferences_path(subscriber: Subscriber) -> str:
    return f"/n/p/{subscriber.token}/"


def status_of(subscriber: Subscriber) -> str:
    return Subscriber.objects.get(pk=subscriber.pk).status


ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_one_click_acts_at_once_without_cookie_csrf_or_redirect(subscriber: Subscriber) -> None:
    """RFC 8058 §3.1: the mail program posts one field and wants a 2xx."""
    response = Client(enforce_csrf_checks=True).post(leave_path(subscriber), ONE_CLICK)
    assert response.status_code == 200
    assert not response.cookies
    assert status_of(subscriber) == SubscriberStatus.UNSUBSCRIBED
    assert not Subscriber.objects.audience(timezone.now()).exists()
    assert Suppression.objects.holds(subscriber.email)
    assert Consent.objects.of(subscriber.email).get().channel == Channel.ONE_CLICK


def test_one_click_as_a_multipart_form_acts_too(subscriber: Subscriber) -> None:
    """RFC 8058 §3.2 allows both."""
    body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    response = Client().post(leave_path(subscriber), body, content_type="multipart/form-data; boundary=b")
    assert response.status_code == 200
    assert Consent.objects.of(subscriber.email).get().channel == Channel.ONE_CLICK


def test_one_click_without_its_field_or_with_a_strange_body_still_acts(subscriber: Subscriber) -> None:
    assert Client().post(leave_path(subscriber), b"\xff\x00{", content_type="application/json").status_code == 200
    assert status_of(subscriber) == SubscriberStatus.UNSUBSCRIBED


def test_left_twice_is_left_once(client: Client, subscriber: Subscriber) -> None:
    for _each in range(3):
        assert client.post(leave_path(subscriber), ONE_CLICK).status_code == 200
    assert Consent.objects.count() == SubscriberTransition.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_every_link_changes_nothing(client: Client, subscriber: Subscriber, method: str) -> None:
    for url in (leave_path(subscriber), preferences_path(subscriber), f"{preferences_path(subscriber)}erase/"):
        assert getattr(client, method)(url, HTTP_USER_AGENT="Mozilla/5.0 (compatible; LinkScanner)").status_code == 200
    assert client.get(f"{leave_path(subscriber)}back/").status_code == 405
    assert status_of(subscriber) == SubscriberStatus.SUBSCRIBED
    assert not Consent.objects.exists()


def test_a_person_sees_one_button_and_then_a_way_back(client: Client, subscriber: Subscriber) -> None:
    html = client.get(leave_path(subscriber)).content.decode()
    assert html[html.index("<main") : html.index("</main")].count("<button") == 1
    html = client.post(leave_path(subscriber)).content.decode()
    assert "You have left the newsletter" in html
    assert "It was a mistake" in html
    page = client.post(f"{leave_path(subscriber)}back/", follow=True).content.decode()
    assert "Good to have you back" in page
    assert status_of(subscriber) == SubscriberStatus.SUBSCRIBED
    assert not Suppression.objects.holds(subscriber.email)
    actions = list(Consent.objects.of(subscriber.email).values_list("action", flat=True))
    assert actions == [ConsentAction.WITHDRAWN, ConsentAction.RESTORED]


def test_the_way_back_closes_after_a_week(client: Client, subscriber: Subscriber) -> None:
    client.post(leave_path(subscriber))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        assert "It was a mistake" not in client.get(leave_path(subscriber)).content.decode()
        assert client.post(f"{leave_path(subscriber)}back/").status_code == 410
    assert status_of(subscriber) == SubscriberStatus.UNSUBSCRIBED


def test_undo_does_not_lift_a_complaint(client: Client, subscriber: Subscriber) -> None:
    client.post(leave_path(subscriber))
    suppress(subscriber.email, SuppressionReason.COMPLAINED, now=timezone.now())
    assert client.post(f"{leave_path(subscriber)}back/").status_code == 410
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINED


def save(client: Client, subscriber: Subscriber, **typed: Any) -> Any:
    url = preferences_path(subscriber)
    return client.post(url, {"started": started(client, url)} | typed)


def test_language_and_themes_are_changed_and_the_page_then_speaks_the_new_language(client: Client, subscriber: Subscriber) -> None:
    theme = ThemeFactory()
    response = save(client, subscriber, language="nl", themes=[theme.pk])
    page = client.get(response["Location"]).content.decode()
    assert '<html lang="nl">' in page
    assert "Uw keuzes zijn bewaard." in page
    subscriber.refresh_from_db()
    assert (subscriber.language, list(subscriber.themes.all())) == ("nl", [theme])
    assert Consent.objects.of(subscriber.email).get().action == ConsentAction.CHANGED


def test_saving_without_a_change_leaves_no_trace(client: Client, subscriber: Subscriber) -> None:
    save(client, subscriber, language="en")
    assert not Consent.objects.exists()


def test_a_wrong_language_is_refused_and_the_page_says_so(client: Client, subscriber: Subscriber) -> None:
    assert save(client, subscriber, language="de").status_code == 422
    assert status_of(subscriber) == SubscriberStatus.SUBSCRIBED


@pytest.mark.parametrize(("language", "words"), [("fr", "Votre newsletter"), ("nl", "Uw nieuwsbrief"), ("en", "Your newsletter")])
def test_the_pages_speak_the_readers_language_or_the_one_she_picks(client: Client, language: str, words: str) -> None:
    subscriber = SubscriberFactory(language=language)
    response = client.get(preferences_path(subscriber))
    assert words in response.content.decode()
    assert response["Content-Language"] == language
    other = client.get(f"{preferences_path(subscriber)}?language=nl").content.decode()
    assert "Uw nieuwsbrief" in other
    assert client.get(f"{preferences_path(subscriber)}?language=xx").status_code == 200


def test_to_be_erased_is_to_be_forgotten_but_for_a_fingerprint(client: Client, subscriber: Subscriber) -> None:
    SubscriptionRequest.objects.create(email=subscriber.email, language="en", channel="form", wording="x", created_at=timezone.now())
    OutgoingMail.objects.create(
        kind="newsletter/mail/already", to=subscriber.email, language="en", subject="s", text="t", html="h", created_at=timezone.now()
    )
    html = client.get(f"{preferences_path(subscriber)}erase/").content.decode()
    assert "an encrypted code of the address" in html
    response = client.post(f"{preferences_path(subscriber)}erase/")
    assert "Your data have been erased" in response.content.decode()
    assert not Subscriber.objects.exists()
    assert not SubscriptionRequest.objects.exists()
    assert not OutgoingMail.objects.filter(to="nora@example.org").exists()
    assert Suppression.objects.get().reason == SuppressionReason.ERASED
    assert Suppression.objects.holds("nora@example.org")
    assert SubscriberTransition.objects.get().subscriber is None


def test_the_mail_program_of_somebody_erased_is_told_that_all_is_well(client: Client, subscriber: Subscriber) -> None:
    path = leave_path(subscriber)
    client.post(f"{preferences_path(subscriber)}erase/")
    assert client.post(path, ONE_CLICK).status_code == 200
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("path", ["/n/u/{}/", "/n/p/{}/", "/n/c/{}/", "/n/p/{}/erase/"])
def test_a_key_nobody_holds_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path.format("x" * 22)).status_code == 410
    assert client.get(path.format("x" * 23), follow=True).status_code == 404
    assert client.get(path.format("../../etc/passwd"), follow=True).status_code == 404


def test_the_keys_are_case_sensitive(client: Client) -> None:
    subscriber = SubscriberFactory(token="aBcDeFgHiJkLmNoPqRsTuV")
    assert client.get(leave_path(subscriber)).status_code == 200
    assert client.get("/n/u/abcdefghijklmnopqrstuv/").status_code == 410


def test_the_pages_are_private(client: Client, subscriber: Subscriber) -> None:
    response = client.get(preferences_path(subscriber))
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_links_of_a_mail_are_short_enough_for_its_headers(subscriber: Subscriber, settings: Any) -> None:
    """At most 65 characters of address, or Python writes List-Unsubscribe as encoded words."""
    settings.WAGTAILADMIN_BASE_URL = "https://www.smes-bruxelles.be"
    assert len(unsubscribe_url(subscriber.token)) <= 65
    assert preferences_url(subscriber.token).startswith("https://www.smes-bruxelles.be/n/p/")


def test_somebody_whose_mails_came_back_is_told_so(client: Client) -> None:
    subscriber = SubscriberFactory(bounced=True, language="en")
    assert "do not reach you" in client.get(preferences_path(subscriber)).content.decode()
