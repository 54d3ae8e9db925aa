"""Which entries answer a state, and how many would answer each other choice.

The usual rule: within a facet one choice or another (OR), across facets all of them (AND); each choice counts with the
other facets applied. An entry may answer in several ways (the sessions of a module): all chosen facets must then hold
for one and the same way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.browsing.state import State


@dataclass(frozen=True, slots=True)
class Found[Entry]:
    """The entries that answer, and the count of every value of every facet."""

    entries: list[Entry]
    counts: Mapping[str, Counter[str]]


def answering[Way](
    ways: Iterable[Way], state: State, values_of: Callable[[Way, str], Sequence[str]]
) -> tuple[list[Way], dict[str, set[str]]]:
    """The ways of one entry that answer `state`, and the values it adds one to, by facet."""
    values: dict[str, set[str]] = {facet: set() for facet in state.shape.facets}
    matching: list[Way] = []
    for way in ways:
        missed = [facet for facet, chosen in state.chosen.items() if not set(values_of(way, facet)) & set(chosen)]
        if not missed:
            matching.append(way)
        if len(missed) <= 1:
            # A choice in the one facet that fails would make it answer; when none fails, every facet counts it.
            for facet in missed or state.shape.facets:
                values[facet].update(values_of(way, facet))
    return matching, values
