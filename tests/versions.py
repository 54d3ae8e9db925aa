"""The form of a row in a tab of a browser: what it shows, the version it read, what is typed over it."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.html import texts

Values = dict[str, str | list[str]]


@dataclass
class Tab:
    """A form that stands open. `page` is what the browser shows now."""

    client: Client
    url: str
    page: str = ""

    def __post_init__(self) -> None:
        self.page = self.page or self.client.get(self.url).content.decode()

    @property
    def fields(self) -> Values:
        """What the form would send."""
        return _values(BeautifulSoup(self.page, "lxml").select_one("form:has(input[name=version])"))

    def save(self, **typed: Any) -> str:
        """Types over some fields and saves. Returns the page that follows."""
        response = self.client.post(self.url, self.fields | typed, follow=True)
        self.page = response.content.decode()
        return self.page

    def choose(self, name: str, whose: str) -> dict[str, str]:
        """The radio button of a field, to be given to `save`."""
        assert BeautifulSoup(self.page, "lxml").select_one(f"input[type=radio][name='version-{name}'][value={whose}]"), "Nothing is asked."
        return {f"version-{name}": whose}

    @property
    def questions(self) -> list[str]:
        """The fields it asks about."""
        return texts(self.page, ".smes-versions legend")


def version_of(client: Client, url: str) -> dict[str, str]:
    """The hidden field of a form that was opened now."""
    field = BeautifulSoup(client.get(url).content, "lxml").select_one("input[name=version]")
    assert field is not None, f"The form at {url} does not know which version it read."
    return {"version": str(field["value"])}


def _values(form: Tag | None) -> Values:
    assert form is not None, "This page has no form that knows its version."
    values: Values = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.find_parent("template") or field.has_attr("disabled"):
            continue
        for value in _sent(field):
            name = str(field["name"])
            values[name] = [*values.get(name, []), value]
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _sent(field: Tag) -> list[str]:
    """What a browser sends for one element."""
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or ([] if field.has_attr("multiple") else field.select("option")[:1])
        return [str(option.get("value", "")) for option in chosen]
    if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]
