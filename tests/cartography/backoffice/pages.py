"""The admin of the map: its pages and its actions."""

from typing import Any

from django.test import Client
from django.urls import reverse

from cartography.models import Place
from tests.versions import version_of


def page(client: Client, name: str, *args: object, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def act(client: Client, name: str, *args: object, **typed: Any) -> Any:
    return client.post(reverse(f"cartography_backoffice:{name}", args=args), typed)


def form_of(client: Client, place: Place) -> dict[str, Any]:
    """What the form of a place holds when it is opened."""
    url = reverse("cartography_places:edit", args=[place.pk])
    form = client.get(url).context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False, "")} | version_of(client, url)
