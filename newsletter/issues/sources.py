"""What an issue can be made of. Apps register their sources here; the newsletter knows none that stands above it.

A source gets a period and answers with proposals: everything published in it (or coming up after it), in whatever languages it exists.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from newsletter.enums.issues import Rubric


@dataclass(frozen=True, slots=True)
class Period:
    """From the latest issue until now. What is announced lies after `end`."""

    start: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True, slots=True)
class Words:
    """What a proposal says in one language: of a page by its `page_id`, of anything else with its absolute `url`."""

    title: str
    text: str = ""
    page_id: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing an issue may tell. `key` stays the same from one look to the next."""

    key: str
    rubric: Rubric
    on: datetime.date
    words: dict[str, Words] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    session_id: int | None = None


Source = Callable[[Period], Iterable[Proposal]]
_sources: list[Source] = []


def register_source(source: Source) -> Source:
    """Adds a source; usable as a decorator. Registering twice changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def proposals(period: Period) -> list[Proposal]:
    """What all sources propose, rubric by rubric in their usual order, the latest (of what is coming: the next) first."""
    found = [proposal for source in _sources for proposal in source(period)]
    order = list(Rubric)
    upcoming = {Rubric.EVENTS, Rubric.TRAININGS}

    def rank(proposal: Proposal) -> tuple[int, int]:
        day = proposal.on.toordinal()
        return order.index(proposal.rubric), day if proposal.rubric in upcoming else -day

    return sorted(found, key=rank)


def page_proposals(pages: Iterable[Any], rubric: Rubric, on: Callable[[Any], datetime.date]) -> list[Proposal]:
    """Pages of any languages as proposals, one for each family of translations."""
    families: dict[Any, dict[str, Any]] = {}
    for page in pages:
        families.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return [
        Proposal(
            key=f"page-{translation_key}",
            rubric=rubric,
            on=on(next(iter(family.values()))),
            words={language: Words(page.title, page.summary, page.pk) for language, page in family.items()},
        )
        for translation_key, family in families.items()
    ]
