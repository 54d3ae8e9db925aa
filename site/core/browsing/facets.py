"""Which entries match a state, and how many would match with each other choice.

The usual rule: within a facet one choice or another (OR), across facets all of them (AND); each choice counts with the
other facets applied. An entry may have several variants (the sessions of a module): all chosen facets must then hold
for one and the same variant.
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


def answering[Variant](
    variants: Iterable[Variant], state: State, values_of: Callable[[Variant, str], Sequence[str]]
) -> tuple[list[Variant], dict[str, set[str]]]:
    """The variants of one entry that match `state`, and by facet the values whose count it raises."""
    values: dict[str, set[str]] = {facet: set() for facet in state.spec.facets}
    matching: list[Variant] = []
    for variant in variants:
        missed = [facet for facet, chosen in state.chosen.items() if not set(values_of(variant, facet)) & set(chosen)]
        if not missed:
            matching.append(variant)
        if len(missed) <= 1:
            # A choice in the one facet that fails would make it answer; when none fails, every facet counts it.
            for facet in missed or state.spec.facets:
                values[facet].update(values_of(variant, facet))
    return matching, values
