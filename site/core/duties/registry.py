"""Which duties there are. Each app registers its own in `ready()`."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from core.duties.schedule import Schedule


class DutyFailed(Exception):
    """A duty ran and found something that somebody must look at. The text says what, and names no person."""


class Run(Protocol):
    """Does it, and counts what it did; in a dry run only counts what it would do. Safe to run twice, and again after a crash.

    The keys of the answer are message ids (`gettext_noop`): the back-office shows them in the reader's language.
    """

    def __call__(self, *, now: datetime.datetime, dry_run: bool) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySpec:
    """One duty. `at_most`: how long a run may take; after that whoever ran it counts as gone, and another worker takes over."""

    name: str
    label: str | Promise  # what it does, for people
    schedule: Schedule
    run: Run
    at_most: datetime.timedelta = datetime.timedelta(minutes=10)


_registered: dict[str, DutySpec] = {}


def register(specs: Iterable[DutySpec]) -> None:
    """Called in an app's `ready()`."""
    _registered.update({spec.name: spec for spec in specs})


def registered() -> list[DutySpec]:
    """In the order of the installed apps."""
    return list(_registered.values())


def get(name: str) -> DutySpec | None:
    """The duty of that name."""
    return _registered.get(name)
