"""The form of a row as a browser holds it: what it shows, and the version it read."""

from bs4 import BeautifulSoup
from django.test import Client


def version_of(client: Client, url: str) -> dict[str, str]:
    """The hidden field of a form that was opened now."""
    field = BeautifulSoup(client.get(url).content, "lxml").select_one("input[name=version]")
    assert field is not None, f"The form at {url} does not know which version it read."
    return {"version": str(field["value"])}
