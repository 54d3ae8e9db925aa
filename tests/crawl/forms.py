"""Every form a stranger can reach, read from the pages as a browser reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
from django.test import Client
from wagtail.models import Page

from tests.crawl.endpoints import all_endpoints
from tests.crawl.states import paths_of_today

CONTROLS = {"input", "select", "textarea"}


@dataclass(frozen=True)
class OpenForm:
    """Where it goes, how, and what its controls hold when it is shown."""

    action: str
    method: str
    values: tuple[tuple[str, str], ...] = field(default=())

    @property
    def names(self) -> list[str]:
        """The controls a person or a robot fills in."""
        return [name for name in dict(self.values) if name not in {"csrfmiddlewaretoken", "started", "website"}]

    @property
    def has_token(self) -> bool:
        return "csrfmiddlewaretoken" in dict(self.values)

    def filled(self, **typed: Any) -> dict[str, Any]:
        return dict(self.values) | typed


def open_forms() -> list[OpenForm]:
    """The forms of all public endpoints and of all live pages, each once."""
    stranger = Client(headers={"accept-language": "fr"})
    addresses = [endpoint.path for endpoint in all_endpoints() if not endpoint.is_backoffice]
    addresses += paths_of_today()
    addresses += [page.url for page in Page.objects.live().filter(depth__gt=1).specific() if page.url]
    found: dict[tuple[str, str, tuple[str, ...]], OpenForm] = {}
    for address in addresses:
        response = stranger.get(address)
        if "text/html" in response.get("Content-Type", "") and not response.streaming:
            for each in _forms(response.content.decode(), urlsplit(address).path):
                found.setdefault((each.action, each.method, tuple(each.names)), each)
    return list(found.values())


def _forms(html: str, address: str) -> Iterator[OpenForm]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for form in tree.iter("form"):
        action = urlsplit(urljoin(address, form.get("action") or address)).path
        controls = [each for each in form.iter() if each.tag in CONTROLS and each.get("name")]
        yield OpenForm(action, (form.get("method") or "get").lower(), tuple((str(each.get("name")), _value(each)) for each in controls))


def _value(control: ElementTree.Element) -> str:
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = next((each for each in options if each.get("selected") is not None), options[0] if options else None)
        return chosen.get("value") or "" if chosen is not None else ""
    return control.get("value") or control.text or ""
