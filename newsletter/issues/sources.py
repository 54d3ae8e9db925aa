"""Sources of proposals for an issue. Apps register their own here; the newsletter imports none that stands above it.

A source gets a period and returns proposals: what was published in it (or is coming up), in the languages it exists in.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from newsletter.enums.issues import SectionKind


@dataclass(frozen=True, slots=True)
class Period:
    """From the latest issue until now. Upcoming events are after `end`."""

    start: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True, slots=True)
class ProposalText:
    """Title and text of a proposal in one language; a page by its `page_id`, anything else by its absolute `url`."""

    title: str
    text: str = ""
    page_id: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One item an issue may contain. `key` is stable."""

    key: str
    section_kind: SectionKind
    on: datetime.date
    texts: dict[str, ProposalText] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    session_id: int | None = None


Source = Callable[[Period], Iterable[Proposal]]
_sources: list[Source] = []


def register_source(source: Source) -> Source:
    """Adds a source; usable as a decorator. Idempotent."""
    if source not in _sources:
        _sources.append(source)
    return source


def proposals(period: Period) -> list[Proposal]:
    """The proposals of all sources, by section in their usual order, the latest first (of upcoming ones: the next)."""
    found = [proposal for source in _sources for proposal in source(period)]
    order = list(SectionKind)
    upcoming = {SectionKind.EVENTS, SectionKind.TRAININGS}

    def rank(proposal: Proposal) -> tuple[int, int]:
        day = proposal.on.toordinal()
        return order.index(proposal.section_kind), day if proposal.section_kind in upcoming else -day

    return sorted(found, key=rank)


def page_proposals(pages: Iterable[Any], section_kind: SectionKind, on: Callable[[Any], datetime.date]) -> list[Proposal]:
    """Pages of any languages as proposals, one for each family of translations."""
    families: dict[Any, dict[str, Any]] = {}
    for page in pages:
        families.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return [
        Proposal(
            key=f"page-{translation_key}",
            section_kind=section_kind,
            on=on(next(iter(family.values()))),
            texts={language: ProposalText(page.title, page.summary, page.pk) for language, page in family.items()},
        )
        for translation_key, family in families.items()
    ]
