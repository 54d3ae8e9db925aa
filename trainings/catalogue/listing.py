"""One page of the catalogue: cards, facets with counts, chips, orders, and a way on when nothing answers."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models.vocabulary import Programme
from trainings.catalogue.entries import ONLINE, Entry
from trainings.catalogue.facets import apply
from trainings.catalogue.state import FACETS, State
from trainings.catalogue.suggestions import folded, similar_words
from trainings.enums import Format, Language

PER_PAGE = 20
LEGENDS = {
    "theme": _("Theme"),
    "programme": _("Programme"),
    "language": _("Language of the session"),
    "format": _("Format"),
    "period": _("When"),
    "place": _("Where"),
    "seats": _("Seats"),
}
PERIODS = {
    "soon": _("in the next 3 months"),
    "later": _("later"),
    "dated": _("with a date"),
    "undated": _("no date yet"),
}
SORT_NAMES = {
    # Translators: orders of the catalogue, after the words "Sort by".
    "match": pgettext_lazy("order", "best match"),
    "date": pgettext_lazy("order", "next date"),
    "title": pgettext_lazy("order", "title"),
}


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
    """A way to another state of the catalogue: its words, its address, and how many modules wait there."""

    label: str
    url: str
    count: int = 0
    is_current: bool = False
    facet: str = ""


@dataclass(slots=True)
class Listing:
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
    def cards(self) -> Sequence[Entry]:
        return list(self.page.object_list)

    @property
    def previous_url(self) -> str:
        return self.state.with_page(self.page.number - 1).query if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.state.with_page(self.page.number + 1).query if self.page.has_next() else ""


def build_listing(entries: Sequence[Entry], state: State, *, best: Sequence[int] | None, base_url: str) -> Listing:
    """`best`: the pages that hold the state's words, best first; None when it has no words."""
    rank = {page_id: index for index, page_id in enumerate(best or ())}
    within = entries if best is None else [entry for entry in entries if entry.page_id in rank]
    found = apply(within, state)
    page = Paginator(_sorted(found.entries, state.order, rank), PER_PAGE).get_page(state.page)
    for entry in page.object_list:
        entry.url = f"{base_url}{entry.slug}/"
    labels = _labels(entries)
    listing = Listing(
        state=state,
        page=page,
        facets=[_facet(name, labels[name], found.counts[name], state) for name in FACETS],
        chips=_chips(state, labels),
        sorts=[
            Link(label=str(name), url=state.with_sort(sort).query, is_current=sort == state.order)
            for sort, name in SORT_NAMES.items()
            if state.words or sort != "match"
        ],
    )
    if not listing.total:
        listing.loosened, listing.similar = _ways_on(entries, within, listing)
    return listing


def _sorted(entries: Iterable[Entry], order: str, rank: Mapping[int, int]) -> list[Entry]:
    if order == "title":
        return sorted(entries, key=lambda entry: folded(entry.title))
    if order == "match":
        return sorted(entries, key=lambda entry: rank.get(entry.page_id, len(rank)))
    return sorted(entries, key=_by_date)


def _by_date(entry: Entry) -> tuple[bool, datetime.datetime | int, int]:
    """Dated modules first, soonest first; the others by their number."""
    if entry.shown and entry.shown.starts_at:
        return False, entry.shown.starts_at, entry.number
    return True, entry.number, entry.number


def _labels(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """{facet: {value: words}}, in the order to show them. Themes and places by name, the rest as declared."""
    themes: dict[str, str] = {}
    places: dict[str, str] = {}
    for entry in entries:
        themes[entry.theme] = entry.theme_name
        places |= {offer.place: offer.place_name for offer in entry.offers if offer.place}
    return {
        "theme": _by_name(themes),
        "programme": _declared(Programme.choices),
        "language": _declared(Language.choices),
        "format": _declared(Format.choices),
        "period": {value: str(label) for value, label in PERIODS.items()},
        "place": _by_name(places) | {ONLINE: str(_("on line"))},
        "seats": {"free": str(_("seats are free"))},
    }


def _declared(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices}


def _by_name(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: folded(item[1])))


def _facet(name: str, labels: Mapping[str, str], counts: Counter[str], state: State) -> Facet:
    chosen = state.chosen.get(name, ())
    return Facet(
        name=name,
        legend=str(LEGENDS[name]),
        options=[Option(value=value, label=label, count=counts[value], is_chosen=value in chosen) for value, label in labels.items()],
    )


def _chips(state: State, labels: Mapping[str, Mapping[str, str]]) -> list[Link]:
    chips = [Link(label=f"“{state.words}”", url=state.without_words().query, facet="q")] if state.words else []
    return chips + [
        Link(label=labels[facet].get(value, value), url=state.without(facet, value).query, facet=facet)
        for facet in FACETS
        for value in state.chosen.get(facet, ())
    ]


def _ways_on(entries: Sequence[Entry], within: Sequence[Entry], listing: Listing) -> tuple[list[Link], list[Link]]:
    """For an empty page: each choice that can be dropped with what then answers, and words like those typed."""
    state = listing.state
    loosened = []
    for chip in listing.chips:
        looser = state.without_words() if chip.facet == "q" else _state_of(chip, state)
        count = len(apply(entries if chip.facet == "q" else within, looser).entries)
        if count:
            loosened.append(Link(label=chip.label, url=chip.url, count=count, facet=chip.facet))
    words = similar_words(state.words, (f"{entry.title} {entry.theme_name}" for entry in entries)) if state.words else []
    return loosened, [Link(label=each, url=State(words=each).query) for each in words]


def _state_of(chip: Link, state: State) -> State:
    """The state a chip leads to."""
    return next(looser for value in state.chosen[chip.facet] if (looser := state.without(chip.facet, value)).query == chip.url)
