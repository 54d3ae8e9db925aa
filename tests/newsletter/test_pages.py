"""The public pages of the newsletter: what they cost, whatever the number of readers, themes and issues; and what they carry."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from newsletter.models import SubscriptionRequest
from tests.core.factories import ThemeFactory
from tests.newsletter.factories import SubscriberFactory, SubscriptionRequestFactory
from tests.newsletter.issues import index_page

pytestmark = pytest.mark.django_db
MOST = 12


def cost(client: Client, path: str) -> int:
    client.get(path)  # caches of the site are warm afterwards
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200, response
    return len(queries)


def paths() -> dict[str, str]:
    subscriber = SubscriberFactory(email="nora@example.org", language="fr")
    subscription_request: Any = SubscriptionRequestFactory(email="jules@example.org")
    with translation.override("fr"):
        form, asked = reverse("newsletter:subscribe"), reverse("newsletter:asked")
    return {
        "newsletter": index_page("fr").get_url(),
        "form": form,
        "asked": asked,
        "confirm": f"/n/c/{subscription_request.token}/",
        "preferences": f"/n/p/{subscriber.token}/",
        "leave": f"/n/u/{subscriber.token}/",
        "erase": f"/n/p/{subscriber.token}/erase/",
    }


def test_no_page_needs_more_than_twelve_queries_with_few_or_many_rows(client: Client) -> None:
    index_page("fr")
    found = paths()
    few = {name: cost(client, path) for name, path in found.items()}
    for number in range(30):
        ThemeFactory(name_fr=f"Thème {number}")
        SubscriberFactory()
        SubscriptionRequestFactory()
    many = {name: cost(client, path) for name, path in found.items()}
    assert few == many
    assert max(many.values()) <= MOST, many


def test_the_page_of_the_newsletter_sets_no_cookie_and_its_form_goes_to_its_own_view(client: Client) -> None:
    path = index_page("fr").get_url()
    html = client.get(path).content.decode()
    assert not client.cookies
    with translation.override("fr"):
        assert f'action="{reverse("newsletter:subscribe")}"' in html
    assert "csrfmiddlewaretoken" not in html[html.index("newsletter-form") :]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_page_speaks_its_language_and_chooses_it_in_the_form(client: Client, language: str) -> None:
    index_page("fr")
    html = client.get(index_page(language).get_url()).content.decode()
    assert f'<html lang="{language}">' in html
    chosen = html[html.index(f'value="{language}"') :][:80]
    assert "checked" in chosen


def test_an_address_never_stands_in_an_address(client: Client) -> None:
    """Neither the short form nor the answer carries what was typed into a URL, hence into logs."""
    with translation.override("fr"):
        form = reverse("newsletter:subscribe")
    html = client.get(form).content.decode()
    assert 'method="get"' not in html[html.index("<main") : html.index("</main")]
    assert client.get(form, {"email": "nora@example.org"}).content.decode().count("nora@example.org") == 0
    assert not SubscriptionRequest.objects.exists()
