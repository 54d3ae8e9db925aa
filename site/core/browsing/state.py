"""The state of a list, held wholly in its URL: search text, chosen facets, sort order, page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from core.text.safety import without_control_characters

LONGEST_SEARCH_TEXT: Final = 100
MOST_VALUES: Final = 20
MOST_PAGES: Final = 1000
MATCH: Final = "match"  # the order of the search, offered only with a search text
VALUE = re.compile(r"^[a-z0-9_-]{1,60}$")


@dataclass(frozen=True)
class ListingSpec:
    """What the URL of one list may hold, in the order it is written. The first of `sorts` applies without a search text."""

    facets: tuple[str, ...]
    sorts: tuple[str, ...]
    views: tuple[str, ...] = ()  # other ways to show the same list, such as a map; the plain one has no name


@dataclass(frozen=True)
class State:
    """What the reader asked for. Anything in the URL that makes no sense is ignored, never an error."""

    spec: ListingSpec
    search_text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    view: str = ""

    @classmethod
    def from_query(cls, query: QueryDict, spec: ListingSpec) -> "State":
        """Reads the query string of a request."""
        search_text = " ".join(without_control_characters(query.get("q", "")).split())[:LONGEST_SEARCH_TEXT].strip()
        chosen = {}
        for facet in spec.facets:
            values = dict.fromkeys(value for value in query.getlist(facet)[:MOST_VALUES] if VALUE.match(value))
            if values:
                chosen[facet] = tuple(values)
        sort = query.get("sort", "")
        page = query.get("page", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= 4
        return cls(
            spec=spec,
            search_text=search_text,
            chosen=chosen,
            sort=sort if sort in spec.sorts or (search_text and sort == MATCH) else "",
            page=min(max(int(page), 1), MOST_PAGES) if is_number else 1,
            view=query.get("view", "") if query.get("view") in spec.views else "",
        )

    @property
    def order(self) -> str:
        """The order in force: the best match first for a search, else the list's own order."""
        return self.sort or (MATCH if self.search_text else self.spec.sorts[0])

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders to offer."""
        return (MATCH, *self.spec.sorts) if self.search_text else self.spec.sorts

    @property
    def is_filtered(self) -> bool:
        return bool(self.search_text or self.chosen)

    @property
    def query(self) -> str:
        """`?…`, always in the same order, so that one state has one URL; `?` when nothing is chosen."""
        pairs = [("q", self.search_text)] if self.search_text else []
        pairs += [(facet, value) for facet in self.spec.facets for value in self.chosen.get(facet, ())]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("view", self.view)] if self.view else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}"

    def without(self, facet: str, value: str) -> "State":
        """The same without one chosen value, from its first page."""
        chosen = {name: tuple(each for each in values if (name, each) != (facet, value)) for name, values in self.chosen.items()}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def without_search(self) -> "State":
        return replace(self, search_text="", page=1, sort="" if self.sort == MATCH else self.sort)

    def without_facets(self) -> "State":
        return replace(self, chosen={}, page=1)

    @property
    def cleared(self) -> "State":
        """The whole list, shown in the same way."""
        return State(self.spec, view=self.view)

    @property
    def without_page(self) -> "State":
        """What was asked for, wholly: for a download or a drawing."""
        return replace(self, page=1, view="")

    def with_view(self, view: str) -> "State":
        return replace(self, view=view)

    def with_search(self, search_text: str) -> "State":
        return replace(self, search_text=search_text, page=1)

    def with_sort(self, sort: str) -> "State":
        return replace(self, sort=sort, page=1)

    def with_page(self, page: int) -> "State":
        return replace(self, page=page)
