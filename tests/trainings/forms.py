"""Filling in the public forms of a test as a browser does."""

import re
from typing import Any

from django.test import Client


def started(client: Client, url: str) -> str:
    """The signed moment hidden in the form of a page."""
    html = client.get(url).content.decode()
    found = re.search(r'name="started" value="([^"]+)"', html)
    assert found, f"no form on {url}"
    return found.group(1)


def send(client: Client, url: str, **typed: Any) -> Any:
    """Opens the form of `url`, then sends it with what is typed."""
    return client.post(url, {"started": started(client, url)} | typed)
