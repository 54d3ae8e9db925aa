"""One page of a list: entries, facets with counts, chips, orders, and a way on when nothing answers."""

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
from core.browsing.state import MATCH, Shape, State
from core.browsing.suggestions import folded, similar_words

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
    """A way to another state of the list: its words, its address, and how many entries wait there."""

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

    shape: ClassVar[Shape]
    legends: ClassVar[Mapping[str, str | Promise]]
    sort_names: ClassVar[Mapping[str, str | Promise]]
    per_page: ClassVar[int] = 20

    @abstractmethod
    def values(self, entry: Entry, way: Any, facet: str) -> Sequence[str]:
        """What `entry`, followed in one of its ways, answers to in a facet."""

    @abstractmethod
    def labels(self, entries: Iterable[Entry]) -> Labels:
        """{facet: {value: words}}, in the order to show them."""

    @abstractmethod
    def in_order(self, entries: Iterable[Entry], order: str) -> list[Entry]:
        """The entries in one of the shape's orders."""

    def ways(self, entry: Entry) -> Iterable[Any]:
        """The ways to follow `entry`; most entries have one, themselves."""
        return (entry,)

    def settle(self, entry: Entry, matching: Sequence[Any]) -> None:  # noqa: B027 (most lists have nothing to note)
        """Told which ways of an entry answered; a catalogue notes the one to show."""

    def words(self, entry: Entry) -> str:
        """The words 'did you mean' may offer."""
        return ""

    def apply(self, entries: Iterable[Entry], state: State) -> Found[Entry]:
        """One walk over the entries."""
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in state.shape.facets}
        found = []
        for entry in entries:
            matching, values = answering(self.ways(entry), state, partial(self.values, entry))
            for facet, seen in values.items():
                counts[facet].update(seen)
            if matching:
                self.settle(entry, matching)
                found.append(entry)
        return Found(entries=found, counts=counts)

    def listing(self, entries: Sequence[Entry], state: State, *, best: Sequence[int] | None, base_url: str) -> Listing[Entry]:
        """`best`: the pages that hold the state's words, best first; None when it has no words."""
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
            facets=[self._facet(name, labels[name], found.counts[name], state) for name in state.shape.facets],
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
            listing.loosened, listing.similar = self._ways_on(entries, within, listing)
        return listing

    def _order(self, sort: str, state: State) -> Link:
        label = BEST_MATCH if sort == MATCH else self.sort_names[sort]
        return Link(label=str(label), url=state.with_sort(sort).query, is_current=sort == state.order)

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

    def _ways_on(self, entries: Sequence[Entry], within: Sequence[Entry], listing: Listing[Entry]) -> tuple[list[Link], list[Link]]:
        """For an empty page: each choice that can be dropped with what then answers, and words like those typed."""
        state = listing.state
        loosened = []
        for chip in listing.chips:
            looser = state.without_words() if chip.facet == "q" else _state_of(chip, state)
            count = len(self.apply(entries if chip.facet == "q" else within, looser).entries)
            if count:
                loosened.append(Link(label=chip.label, url=chip.url, count=count, facet=chip.facet))
        words = similar_words(state.words, (self.words(entry) for entry in entries)) if state.words else []
        return loosened, [Link(label=each, url=State(state.shape, words=each).query) for each in words]


def chips(state: State, labels: Labels) -> list[Link]:
    """What is chosen, each with the address without it. A choice that no longer exists stays, under its code."""
    # Translators: words somebody looks for, between the quotation marks of the language.
    quoted = _("“%(words)s”") % {"words": state.words}
    found = [Link(label=quoted, url=state.without_words().query, facet="q")] if state.words else []
    return found + [
        Link(label=labels[facet].get(value, value), url=state.without(facet, value).query, facet=facet)
        for facet in state.shape.facets
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
