"""The organisation is asked once for what was agreed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.lifecycle.transitions import TransitionNotAllowed
from tests.core.people import browser_of, member
from tests.html import text
from tests.trainings.requests.stories import accepted, coordinator, planned
from trainings.models import PaymentSettings
from trainings.payment.billing import Party
from trainings.payment.request import CannotRequest
from trainings.requests.bill import amounts_of, bill_request

pytestmark = pytest.mark.django_db

PARTY = Party(name="Maison Exemple", email="compta@example.org", street="Rue de l’Exemple 1", postal_code="1000", city="Bruxelles")


@pytest.fixture(autouse=True)
def payee(db: None) -> None:
    PaymentSettings.objects.update_or_create(pk=1, defaults={"name": "Smes", "iban": "BE68539007547034"})


def test_at_the_price_agreed_for_the_team() -> None:
    request, _session = planned(price_cents=90_000)
    assert [each.cents for each in amounts_of(request)] == [90_000]
    asked = bill_request(request=request, party=PARTY, language="fr", now=timezone.now(), by=coordinator())
    request.refresh_from_db()
    assert (asked.total_cents, request.payment_request) == (90_000, asked)


def test_once() -> None:
    request, _session = planned(price_cents=90_000)
    bill_request(request=request, party=PARTY, language="fr", now=timezone.now(), by=coordinator())
    with pytest.raises(CannotRequest):
        bill_request(request=request, party=PARTY, language="fr", now=timezone.now(), by=coordinator())


def test_not_before_it_is_planned() -> None:
    with pytest.raises(TransitionNotAllowed):
        bill_request(request=accepted(), party=PARTY, language="fr", now=timezone.now(), by=coordinator())


def test_from_the_page_of_the_request(client: Client) -> None:
    request, _session = planned(price_cents=90_000)
    browser = browser_of(member("Coordinator"))
    url = reverse("trainings_backoffice:bill_request", args=[request.pk])
    page = browser.get(reverse("trainings_requests:inspect", args=[request.pk])).content.decode()
    assert text(page, ".smes-next a") == "Ask for payment"
    form = browser.get(url).content.decode()
    assert request.organisation_name in form
    typed: dict[str, Any] = {name: getattr(PARTY, name) for name in Party.__slots__} | {"language": "fr"}
    assert browser.post(url, typed).status_code == 302
    request.refresh_from_db()
    assert request.payment_request is not None
    page = browser.get(reverse("trainings_requests:inspect", args=[request.pk])).content.decode()
    assert reverse("payments_requests:inspect", args=[request.payment_request.pk]) in page


def test_what_was_agreed_for_nothing_is_no_next_step() -> None:
    request, _session = planned(price_cents=0)
    page = browser_of(member("Coordinator")).get(reverse("trainings_requests:inspect", args=[request.pk])).content.decode()
    assert "smes-next" not in page
