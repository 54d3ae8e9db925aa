"""The communication officer looks after the readers: finds one, reads her consents, helps her by phone, takes the list away."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from newsletter.consent_texts import FORM
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, Suppression
from newsletter.subscribers.growth import months_of_growth
from newsletter.subscribers.preferences import erase_subscriber, unsubscribe
from newsletter.subscribers.status import register, suppress
from newsletter.subscribers.subscribe import confirm_subscription
from tests.core.factories import ThemeFactory
from tests.core.people import browser_of, member
from tests.core.spreadsheets import sheet
from tests.html import texts
from tests.newsletter.factories import SubscriberFactory, SubscriptionRequestFactory

pytestmark = pytest.mark.django_db

LISTING = "/admin/newsletter/readers/"


def inspect(client: Client, subscriber: Subscriber) -> str:
    return client.get(reverse("newsletter_subscribers:inspect", args=[subscriber.pk])).content.decode()


def act(client: Client, name: str, subscriber: Subscriber, **data: Any) -> str:
    return client.post(reverse(f"newsletter_backoffice:{name}", args=[subscriber.pk]), data, follow=True).content.decode()


def test_a_reader_is_found_by_a_part_of_the_address_a_status_a_language_or_a_theme(officer: Client) -> None:
    theme = ThemeFactory()
    SubscriberFactory(email="nora@example.org", language="nl", themes=[theme])
    SubscriberFactory(email="jules@example.org", left=True)
    for query in ({"q": "nora"}, {"status": "subscribed"}, {"language": "nl"}, {"themes": theme.pk}):
        html = officer.get(LISTING, query).content.decode()
        assert "nora@example.org" in html
        assert "jules@example.org" not in html


def test_the_listing_costs_the_same_with_few_and_many_readers(officer: Client) -> None:
    officer.get(LISTING)
    counts = []
    for number in (2, 15):
        for each in range(number):
            SubscriberFactory(email=f"r{number}-{each}@example.org", themes=[ThemeFactory()])
        with CaptureQueriesContext(connection) as queries:
            officer.get(LISTING)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45


def test_what_somebody_agreed_to_can_be_shown_to_her(officer: Client) -> None:
    """Article 7(1): which words, when, through what, in which language."""
    subscriber = SubscriberFactory(email="nora@example.org", language="nl")
    register(subscriber.email, ConsentAction.CONFIRMED, channel=Channel.LINK, language="nl", wording=FORM, now=timezone.now())
    html = inspect(officer, subscriber)
    for words in ("confirmed by the mailed link", "Ik wil de nieuwsbrief van Smes op dit adres", FORM, "Dutch"):
        assert words in html


def test_a_reader_can_be_unsubscribed_by_phone(officer: Client) -> None:
    subscriber = SubscriberFactory()
    page = officer.get(reverse("newsletter_backoffice:unsubscribe_subscriber", args=[subscriber.pk])).content.decode()
    assert "Nothing more leaves for this address" in page
    subscriber.refresh_from_db()
    assert subscriber.status == SubscriberStatus.SUBSCRIBED
    act(officer, "unsubscribe_subscriber", subscriber)
    subscriber.refresh_from_db()
    assert subscriber.status == SubscriberStatus.UNSUBSCRIBED
    assert Consent.objects.get().channel == Channel.STAFF


def test_a_reader_can_be_erased_and_the_history_names_nobody(officer: Client) -> None:
    subscriber = SubscriberFactory(email="nora@example.org")
    html = act(officer, "erase_subscriber", subscriber)
    assert "The reader is erased." in html
    assert not Subscriber.objects.exists()
    assert Suppression.objects.holds("nora@example.org")
    assert not [entry for entry in ModelLogEntry.objects.all() if "nora" in entry.label]


def test_an_address_that_works_again_is_reinstated_with_a_reason(officer: Client) -> None:
    subscriber = SubscriberFactory(bounced=True)
    suppress(subscriber.email, SuppressionReason.BOUNCED, now=timezone.now())
    assert "The address works again" in inspect(officer, subscriber)
    assert "This field is required" in act(officer, "reinstate_subscriber", subscriber)
    act(officer, "reinstate_subscriber", subscriber, reason="she wrote to us from it")
    subscriber.refresh_from_db()
    assert subscriber.status == SubscriberStatus.SUBSCRIBED
    assert not Suppression.objects.holds(subscriber.email)
    assert "she wrote to us from it" in inspect(officer, subscriber)


@pytest.mark.parametrize("status", [SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.COMPLAINED, SubscriberStatus.UNCONFIRMED])
def test_nobody_who_left_or_complained_is_brought_back_by_hand(officer: Client, status: str) -> None:
    subscriber = SubscriberFactory(status=status, unsubscribed_at=timezone.now())
    assert "must ask herself" in act(officer, "reinstate_subscriber", subscriber, reason="I would like it")
    subscriber.refresh_from_db()
    assert subscriber.status == status


def test_the_export_holds_what_the_filters_show_and_no_formula(officer: Client) -> None:
    SubscriberFactory(email="=cmd@example.org", language="nl")
    SubscriberFactory(email="jules@example.org", language="fr")
    rows = sheet(officer, LISTING, language="nl")
    assert rows[0][:4] == ["E-mail address", "Language", "Themes", "Status"]
    assert [row[0] for row in rows[1:]] == ["'=cmd@example.org"]


def test_looking_and_taking_away_are_two_permissions() -> None:
    user = member("Communication officer")
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="export_subscriber"))
    client = browser_of(user)
    SubscriberFactory()
    html = client.get(LISTING).content.decode()
    assert "Download XLSX" not in html
    response = client.get(LISTING, {"export": "xlsx"})
    assert response.status_code in {302, 403}


@pytest.mark.parametrize(
    "path",
    [
        "readers/",
        "imports/",
        "imports/new/",
        "bounces/",
        "growth/",
        "readers/{pk}/erase/",
        "readers/{pk}/unsubscribe/",
        "readers/inspect/{pk}/",
    ],
)
def test_a_colleague_of_another_service_sees_none_of_it(coordinator: Client, path: str) -> None:
    subscriber = SubscriberFactory()
    response = coordinator.get(f"/admin/newsletter/{path}".format(pk=subscriber.pk))
    assert response.status_code in {302, 403}
    assert subscriber.email not in response.content.decode()


def test_nothing_of_a_reader_is_kept_in_revisions(officer: Client) -> None:
    act(officer, "unsubscribe_subscriber", SubscriberFactory())
    assert not Revision.objects.exists()


class TestGrowth:
    def test_the_drawing_and_the_table_say_the_same(self, officer: Client) -> None:
        now = timezone.now()
        for age in (400, 100, 100, 5):
            confirm_subscription(
                subscription_request=SubscriptionRequestFactory(created_at=now - datetime.timedelta(days=age)),
                now=now - datetime.timedelta(days=age),
            )
        left = Subscriber.objects.order_by("created_at").first()
        assert left
        unsubscribe(subscriber=left, channel=Channel.LINK, now=now - datetime.timedelta(days=40))
        months = months_of_growth(now=now)
        assert len(months) == 24
        assert months[-1].total == 3
        assert sum(month.joined for month in months) == 4
        assert sum(month.left for month in months) == 1
        html = officer.get("/admin/newsletter/growth/").content.decode()
        assert len(texts(html, "rect")) == 24
        assert len(texts(html, ".growth__table th[scope=row]")) == 24
        assert "3 readers today" in html

    def test_who_is_erased_stays_counted_in_the_months_before(self) -> None:
        now = timezone.now()
        subscriber = confirm_subscription(
            subscription_request=SubscriptionRequestFactory(created_at=now - datetime.timedelta(days=90)),
            now=now - datetime.timedelta(days=90),
        )
        before = [month.total for month in months_of_growth(now=now)][:-1]
        erase_subscriber(subscriber=subscriber, channel=Channel.LINK, now=now)
        after = months_of_growth(now=now)
        assert [month.total for month in after][:-1] == before
        assert after[-1].total == 0

    def test_it_costs_one_query_whatever_the_number(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            months_of_growth(now=timezone.now())

    def test_it_is_drawn_where_nobody_reads_yet(self, officer: Client) -> None:
        assert "0 readers today" in officer.get("/admin/newsletter/growth/").content.decode()
