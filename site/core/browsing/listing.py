"""One page of a list: entries, facets with counts, chips, sort links, and suggestions when nothing matches."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Protocol

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.browsing.facets import Found, answering
from core.browsing.state import MATCH, ListingSpec, State
from core.browsing.suggestions import similar_texts
from core.text.comparison import folded

# Translators: an order of a list, after the words "Sort by".
BEST_MATCH = pgettext_lazy("order", "best match")
Labels = Mapping[str, Mapping[str, str]]


class Browsable(Protocol):
    """An entry of a list: a page, or a row with a page's id."""

    page_id: int
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of choices."""

    name: str
    legend: str
    options: list[Option]

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another state of the list: its label, its URL, and how many entries match there."""

    label: str
    url: str
    count: int = 0
    is_current: bool = False
    facet: str = ""


@dataclass(slots=True)
class Listing[Entry]:
    """What the template shows."""

    state: State
    page: Page
    facets: list[Facet]
    chips: list[Link]
    sorts: list[Link]
    loosened: list[Link] = field(default_factory=list)
    similar: list[Link] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def cards(self) -> list[Entry]:
        return list(self.page.object_list)

    @property
    def previous_url(self) -> str:
        return self.state.with_page(self.page.number - 1).query if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.state.with_page(self.page.number + 1).query if self.page.has_next() else ""


class Browser[Entry: Browsable](ABC):
    """How one kind of list is browsed. A subclass says what its entries answer to; the rest is the same everywhere."""

    spec: ClassVar[ListingSpec]
    legends: ClassVar[Mapping[str, str | Promise]]
    sort_names: ClassVar[Mapping[str, str | Promise]]
    per_page: ClassVar[int] = 20

    @abstractmethod
    def values(self, entry: Entry, variant: Any, facet: str) -> Sequence[str]:
        """The values of `entry` in a facet, for one of its variants (for example one session of a module)."""

    @abstractmethod
    def labels(self, entries: Iterable[Entry]) -> Labels:
        """{facet: {value: label}}, in the order to show them."""

    @abstractmethod
    def in_order(self, entries: Iterable[Entry], order: str) -> list[Entry]:
        """The entries in one of the spec's orders."""

    def variants(self, entry: Entry) -> Iterable[Any]:
        """The variants of `entry`; most entries have one, themselves."""
        return (entry,)

    def note_matches(self, entry: Entry, matching: Sequence[Any]) -> None:  # noqa: B027 (most lists have nothing to note)
        """Called with the variants that matched; a catalogue keeps the one to show."""

    def searchable_text(self, entry: Entry) -> str:
        """The text from which 'did you mean' takes its suggestions."""
        return ""

    def apply(self, entries: Iterable[Entry], state: State) -> Found[Entry]:
        """One walk over the entries."""
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in state.spec.facets}
        found = []
        for entry in entries:
            matching, values = answering(self.variants(entry), state, partial(self.values, entry))
            for facet, seen in values.items():
                counts[facet].update(seen)
            if matching:
                self.note_matches(entry, matching)
                found.append(entry)
        return Found(entries=found, counts=counts)

    def listing(self, entries: Sequence[Entry], state: State, *, best: Sequence[int] | None, base_url: str) -> Listing[Entry]:
        """`best`: ids of the pages that match the search text, best first; None without a search text."""
        rank = {page_id: index for index, page_id in enumerate(best or ())}
        within = entries if best is None else [entry for entry in entries if entry.page_id in rank]
        found = self.apply(within, state)
        page = Paginator(self._ordered(found.entries, state.order, rank), self.per_page).get_page(state.page)
        for entry in page.object_list:
            entry.url = f"{base_url}{entry.slug}/"
        labels = self.labels(entries)
        listing: Listing[Entry] = Listing(
            state=state,
            page=page,
            facets=[self._facet(name, labels[name], found.counts[name], state) for name in state.spec.facets],
            chips=chips(state, labels),
            sorts=[
                Link(
                    label=str(BEST_MATCH if sort == MATCH else self.sort_names[sort]),
                    url=state.with_sort(sort).query,
                    is_current=sort == state.order,
                )
                for sort in state.orders
            ],
        )
        if not listing.total:
            listing.loosened, listing.similar = self._suggestions(entries, within, listing)
        return listing

    def _ordered(self, entries: list[Entry], order: str, rank: Mapping[int, int]) -> list[Entry]:
        if order == MATCH:
            return sorted(entries, key=lambda entry: rank.get(entry.page_id, len(rank)))
        return self.in_order(entries, order)

    def _facet(self, name: str, labels: Mapping[str, str], counts: Counter[str], state: State) -> Facet:
        chosen = state.chosen.get(name, ())
        return Facet(
            name=name,
            legend=str(self.legends[name]),
            options=[Option(value=value, label=label, count=counts[value], is_chosen=value in chosen) for value, label in labels.items()],
        )

    def _suggestions(self, entries: Sequence[Entry], within: Sequence[Entry], listing: Listing[Entry]) -> tuple[list[Link], list[Link]]:
        """For an empty page: each choice that can be dropped with what then answers, and words similar to the search text."""
        state = listing.state
        loosened = []
        for chip in listing.chips:
            looser = state.without_search() if chip.facet == "q" else _state_of(chip, state)
            count = len(self.apply(entries if chip.facet == "q" else within, looser).entries)
            if count:
                loosened.append(Link(label=chip.label, url=chip.url, count=count, facet=chip.facet))
        words = similar_texts(state.search_text, (self.searchable_text(entry) for entry in entries)) if state.search_text else []
        return loosened, [Link(label=each, url=State(state.spec, search_text=each).query) for each in words]


def chips(state: State, labels: Labels) -> list[Link]:
    """The chosen filters, each with the URL without it. A choice that no longer exists stays, under its code."""
    # Translators: words somebody looks for, between the quotation marks of the language.
    quoted = _("“%(words)s”") % {"words": state.search_text}
    found = [Link(label=quoted, url=state.without_search().query, facet="q")] if state.search_text else []
    return found + [
        Link(label=labels[facet].get(value, value), url=state.without(facet, value).query, facet=facet)
        for facet in state.spec.facets
        for value in state.chosen.get(facet, ())
    ]


def declared(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    """The labels of TextChoices, as declared."""
    return {str(value): str(label) for value, label in choices}


def by_name(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels in the order of the alphabet, accents and capitals forgiven."""
    return dict(sorted(labels.items(), key=lambda item: folded(item[1])))


def _state_of(chip: Link, state: State) -> State:
    """The state a chip leads to."""
    return next(looser for value in state.chosen[chip.facet] if (looser := state.without(chip.facet, value)).query == chip.url)
