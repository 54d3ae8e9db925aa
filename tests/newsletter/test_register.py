"""What the database itself promises about readers: one row an address, a register that only grows, an audience without the suppressed."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.text.email_addresses import normalised
from newsletter.addresses import address_key
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, Suppression
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db


def write_consent(**options: object) -> Consent:
    wanted = {
        "address_key": address_key("nora@example.org"),
        "action": ConsentAction.CONFIRMED,
        "channel": Channel.LINK,
        "language": "fr",
        "at": timezone.now(),
    }
    return Consent.objects.create(**wanted | options)


@pytest.mark.parametrize("written", ["nora@example.org", " Nora@Example.ORG ", "NORA@EXAMPLE.ORG"])
def test_an_address_has_one_key_however_it_is_written(written: str) -> None:
    assert address_key(written) == address_key("nora@example.org")


def test_a_domain_with_accents_is_one_with_its_ascii_form() -> None:
    assert normalised("nora@éxample.org") == "nora@xn--xample-9ua.org"
    assert address_key("nora@éxample.org") == address_key("nora@xn--xample-9ua.org")


@pytest.mark.parametrize("strange", ["", "@", "nora", "nora@", "@example.org", "a" * 400, "nora@" + "x" * 300, "nora@a..b", "é@é\x00"])
def test_what_is_no_address_has_a_key_too_and_breaks_nothing(strange: str) -> None:
    assert len(address_key(strange)) == 64


def test_two_readers_never_share_an_address() -> None:
    SubscriberFactory(email="nora@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriberFactory(email="nora@example.org")


def test_an_address_is_kept_in_lower_case() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriberFactory(email="Nora@example.org")


def test_nobody_is_subscribed_without_a_moment_of_consent() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriberFactory(confirmed_at=None)


def test_the_key_of_mailed_links_has_22_characters() -> None:
    """A longer link breaks the List-Unsubscribe header."""
    assert {len(SubscriberFactory().token) for _each in range(20)} == {22}


def test_a_consent_is_never_changed() -> None:
    consent = write_consent()
    with pytest.raises(IntegrityError, match="new lines only"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(action=ConsentAction.WITHDRAWN)


def test_a_consent_of_this_year_is_never_deleted() -> None:
    consent = write_consent()
    with pytest.raises(IntegrityError, match="new lines only"), transaction.atomic():
        consent.delete()


def test_a_consent_may_go_after_five_years() -> None:
    consent = write_consent(at=timezone.now() - datetime.timedelta(days=5 * 366))
    consent.delete()
    assert not Consent.objects.exists()


def test_an_edition_goes_to_the_readers_of_its_language_who_confirmed() -> None:
    dutch = SubscriberFactory(language="nl")
    SubscriberFactory(language="fr")
    SubscriberFactory(language="nl", unconfirmed=True)
    SubscriberFactory(language="nl", left=True)
    SubscriberFactory(language="nl", bounced=True)
    SubscriberFactory(language="nl", status=SubscriberStatus.COMPLAINED)
    assert list(Subscriber.objects.sendable("nl", timezone.now())) == [dutch]


def test_a_suppressed_address_gets_nothing_whatever_its_status_says() -> None:
    subscriber = SubscriberFactory(email="nora@example.org")
    Suppression.objects.create(address_key=subscriber.address_key, reason=SuppressionReason.ERASED, at=timezone.now())
    assert not Subscriber.objects.audience(timezone.now()).exists()
    assert Suppression.objects.holds("Nora@Example.org")
    assert not Suppression.objects.holds("other@example.org")


def test_asking_whether_an_address_is_suppressed_costs_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        Suppression.objects.holds("nora@example.org")
