"""Each app declares in its `privacy` module what it holds, why and how long, and how a person is found, exported and erased."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.privacy.periods import Kept

type Words = str | Promise


class Basis(models.TextChoices):
    """Why it is lawful (GDPR 6(1))."""

    ASKED = "asked", _("you ask us to")
    CONSENT = "consent", _("your consent")
    LAW = "law", _("the law asks for it")
    INTEREST = "interest", _("our legitimate interest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of data, as the register of processing names it (GDPR 30). Told in an export too (GDPR 15)."""

    what: Words
    purpose: Words
    basis: Basis
    kept: Kept
    # The kinds of the export it stands behind.
    kinds: tuple[str, ...] = ()
    # The timed duty that keeps the term; empty where another rule ends it.
    duty: str = ""
    # What is left of it when a person is erased, and why.
    stays: Words = ""
    # False: about colleagues or about our own records, told to whoever asks, not on the public page.
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A table in whose rows a person is named: paths to her email address and to her name."""

    model: str
    email: str = ""
    names: tuple[str, ...] = ()


class Erase(Protocol):
    """Forgets one email address; how many rows of each kind lost it."""

    def __call__(self, email: str, *, now: datetime.datetime) -> dict[str, int]: ...


def _nothing_stands_against(email: str) -> list[Words]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """What one app holds. `export` gives all of one email address as JSON takes it, by kind, and no secret link."""

    app: str
    label: Words  # of this part of the site, as readers know it
    holdings: tuple[Holding, ...]
    export: Callable[[str], dict[str, Any]]
    erase: Erase
    # Kinds of the export, as their sheets are called.
    kinds: tuple[tuple[str, Words], ...] = ()
    known: tuple[Known, ...] = ()
    # Models and columns (`app.Model`, `app.Model.column`) whose words stay when a person is erased; a holding says why.
    keeps: tuple[str, ...] = ()
    # Why she cannot be erased yet, a sentence each.
    refusals: Callable[[str], list[Words]] = _nothing_stands_against


_registered: dict[str, PersonalData] = {}


def register(data: PersonalData) -> None:
    """Called in `ready()`."""
    _registered[data.app] = data


def registered() -> Iterator[PersonalData]:
    """In the order of the installed apps, core last."""
    yield from _registered.values()


def of(app: str) -> PersonalData:
    """What one app holds; KeyError for an app that declares nothing."""
    return _registered[app]


def kind_label(app: str, kind: str) -> str:
    """What a kind of the export is called, in the active language."""
    return str(dict(of(app).kinds).get(kind, kind))


def retention_duties() -> list[str]:
    """The timed duties that keep a term, each once."""
    return list(dict.fromkeys(each.duty for data in registered() for each in data.holdings if each.duty))
