"""Finds people by address or name in the tables the apps declare."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q

from core.privacy.registry import Known, registered

# Of each table: whoever looks for "Marie" is asked for more.
MOST = 50
NOBODY = "N. N."


@dataclass(slots=True)
class Person:
    """Somebody who was found: one address, the names it goes by, the apps that know it. No address: a name alone."""

    email: str
    names: set[str] = field(default_factory=set)
    apps: set[str] = field(default_factory=set)


def find_people(words: str) -> list[Person]:
    """By an address or a part of it, or by the words of a name, in any order."""
    found: dict[str, Person] = {}
    for app, known, email, name in _matches(words.split()):
        person = found.setdefault(email or f"{known.model} {name}", Person(email))
        person.names |= {name} if name else set()
        person.apps.add(app)
    return sorted(found.values(), key=lambda each: (each.email, sorted(each.names)))


def names_of(email: str) -> tuple[str, ...]:
    """The names one address goes by."""
    names = set()
    for data in registered():
        for known in data.known:
            if known.email and known.names:
                rows = _rows(known).filter(**{f"{known.email}__iexact": email.strip()}).values_list(*known.names)
                names |= {_joined(row) for row in rows}
    return tuple(sorted(names - {"", NOBODY}))


def others_called(name: str, *, than: str) -> bool:
    """Whether somebody with another address has the same name."""
    return any(name in person.names and person.email != than.strip().lower() for person in find_people(name))


def _matches(words: list[str]) -> Iterator[tuple[str, Known, str, str]]:
    for data in registered():
        for known in data.known if words else ():
            columns = [*([known.email] if known.email else []), *known.names]
            rows = _rows(known).filter(_with_all(words, columns)).values_list(*columns)[:MOST]
            for row in rows:
                email = str(row[0] or "").strip().lower() if known.email else ""
                name = _joined(row[1:] if known.email else row)
                if email or name not in {"", NOBODY}:
                    yield data.app, known, email, "" if name == NOBODY else name


def _with_all(words: list[str], columns: list[str]) -> Q:
    every = Q()
    for word in words:
        either = Q(pk__in=())
        for column in columns:
            either |= Q(**{f"{column}__icontains": word})
        every &= either
    return every


def _rows(known: Known) -> Any:
    return apps.get_model(known.model)._base_manager.order_by()


def _joined(parts: Any) -> str:
    return " ".join(str(part).strip() for part in parts if part).strip()
