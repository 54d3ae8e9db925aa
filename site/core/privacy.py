"""What the site knows of a person. Each app declares in its `privacy` module what it holds, why and how long, and how that is
exported and erased; `manage.py person` asks them all (GDPR 15, 17 and 20)."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of data, as the record of processing names it (GDPR 30). Told in an export too (GDPR 15)."""

    what: str
    purpose: str
    kept: str


class Erase(Protocol):
    """Forgets one email address; how many rows of each kind lost it."""

    def __call__(self, email: str, *, now: datetime.datetime) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """What one app holds. `export` gives all of one email address as JSON takes it, and no secret link."""

    app: str
    holdings: tuple[Holding, ...]
    export: Callable[[str], dict[str, Any]]
    erase: Erase


_registered: dict[str, PersonalData] = {}


def register(data: PersonalData) -> None:
    """Called in an app's `ready()`."""
    _registered[data.app] = data


def registered() -> Iterator[PersonalData]:
    """In the order of the installed apps."""
    yield from _registered.values()


def of(app: str) -> PersonalData:
    """What one app holds; KeyError for an app that declares nothing."""
    return _registered[app]


def export_person(email: str) -> dict[str, dict[str, Any]]:
    """All that is known of one email address, by app."""
    return {data.app: data.export(email) for data in registered()}


@transaction.atomic
def erase_person(email: str, *, now: datetime.datetime) -> dict[str, dict[str, int]]:
    """Forgets one email address in all apps, or in none; how many rows of each kind lost it, by app."""
    return {data.app: data.erase(email, now=now) for data in registered()}


def purposes() -> dict[str, list[dict[str, str]]]:
    """What is held, why and how long, by app."""
    return {data.app: [{"what": each.what, "purpose": each.purpose, "kept": each.kept} for each in data.holdings] for data in registered()}
