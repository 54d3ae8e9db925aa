"""Pages of the map as a reader and as a moderator meet them."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from cartography.models import MapPage


def link(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"cartography:{name}", args=args)


def form_values(client: Client, url: str) -> dict[str, Any]:
    """What the form of a page holds when it is opened."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields if name not in {"website", "started"}}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def listed(client: Client, page: MapPage, query: str = "") -> list[str]:
    html = client.get(f"{page.url}{query}").content.decode()
    return re.findall(r'place-row__name"><a href="[^"]+">([^<]+)</a>', html)
