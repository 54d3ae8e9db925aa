"""What other subjects say in a mail by rule: what is due and how to pay, where to evaluate.

A kind of mail with a source leaves only to those for whom the source has something: who has paid is not reminded, who has answered is not
asked again. A new source is one entry of `SOURCES`.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from trainings.models import Enrolment
from trainings.models.mailings import MailKind


@dataclass(frozen=True, slots=True)
class Link:
    """A button."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """What fills the places of a source: a button, and lines of words (`Amount: 120 €`)."""

    link: Link | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)


class Source(Protocol):
    """What fills one block of the words."""

    def pending(self, enrolments: Collection[int], *, now: datetime.datetime) -> set[int]:
        """Those of the enrolments for whom there is something to say. The same number of queries however many they are."""

    def supply(self, enrolment: Enrolment, *, kind: MailKind, for_team_lead: bool, now: datetime.datetime) -> Supplied | None:
        """What to say to one of them, in the language that is active; None: nothing."""


# By the name of the placeholder.
SOURCES: dict[str, Source] = {}
# The kinds that make no sense without theirs. Thanks are said with or without an evaluation.
NEEDED = {MailKind.EVALUATION: "evaluation", MailKind.PAYMENT: "payment"}


def is_possible(kind: MailKind | str) -> bool:
    """Whether the source such a mail cannot do without is there."""
    needed = NEEDED.get(MailKind(kind))
    return needed is None or needed in SOURCES


def needed_source(kind: MailKind | str) -> Source | None:
    """Whom to ask who gets such a mail at all."""
    return SOURCES.get(NEEDED.get(MailKind(kind), ""))
