"""Which entries answer a state, and how many would answer each other choice.

The usual rule: within a facet one choice or another (OR), across facets all of them (AND); each choice counts with the
other facets applied. Facets of sessions (language, period, place, seats) must hold for one and the same session.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainings.catalogue.entries import Entry, Offer
from trainings.catalogue.state import FACETS, State

OF_MODULES = ("theme", "programme", "format")
OF_SESSIONS = ("language", "period", "place", "seats")


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that answer, and the count of every value of every facet."""

    entries: list[Entry]
    counts: Mapping[str, Counter[str]]


def apply(entries: Iterable[Entry], state: State) -> Found:
    """One walk over the entries. Marks the offer each card shows."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    found = []
    for entry in entries:
        matching, values = _look(entry, state.chosen)
        for facet, seen in values.items():
            counts[facet].update(seen)
        if matching:
            entry.shown = matching[0]
            found.append(entry)
    return Found(entries=found, counts=counts)


def _look(entry: Entry, chosen: Mapping[str, tuple[str, ...]]) -> tuple[list[Offer], dict[str, set[str]]]:
    """The offers of `entry` that answer, and the values it adds one to, by facet."""
    values: dict[str, set[str]] = {facet: set() for facet in FACETS}
    failing = [facet for facet in OF_MODULES if facet in chosen and entry.value(facet) not in chosen[facet]]
    matching: list[Offer] = []
    if len(failing) > 1:
        return matching, values
    for offer in entry.offers:
        missed = failing + [facet for facet in OF_SESSIONS if facet in chosen and not set(offer.values(facet)) & set(chosen[facet])]
        if not missed:
            matching.append(offer)
        if len(missed) <= 1:
            # A choice in the one facet that fails would make it answer; when none fails, every facet counts it.
            for facet in missed or FACETS:
                values[facet].update([entry.value(facet)] if facet in OF_MODULES else offer.values(facet))
    return matching, values
