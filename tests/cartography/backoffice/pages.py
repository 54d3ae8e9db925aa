"""The admin of the map: its pages and its actions."""

from typing import Any

from django.test import Client
from django.urls import reverse


def page(client: Client, name: str, *args: object, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def act(client: Client, name: str, *args: object, **typed: Any) -> Any:
    return client.post(reverse(f"cartography_backoffice:{name}", args=args), typed)
