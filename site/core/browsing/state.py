"""The state of a list, wholly in its address: words, chosen facets, order, page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from core.text import without_control_characters

LONGEST_WORDS: Final = 100
MOST_VALUES: Final = 20
MOST_PAGES: Final = 1000
MATCH: Final = "match"  # the order of the search, offered only with words
VALUE = re.compile(r"^[a-z0-9_-]{1,60}$")


@dataclass(frozen=True)
class Shape:
    """What the address of one list may hold, in the order it is written. The first of `sorts` is the order of a list without words."""

    facets: tuple[str, ...]
    sorts: tuple[str, ...]
    views: tuple[str, ...] = ()  # other ways to show the same list, such as a map; the plain one has no name


@dataclass(frozen=True)
class State:
    """What the reader asked for. Anything in the address that cannot be meant is ignored, never an error."""

    shape: Shape
    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    view: str = ""

    @classmethod
    def from_query(cls, query: QueryDict, shape: Shape) -> "State":
        """Reads the address of a request."""
        words = " ".join(without_control_characters(query.get("q", "")).split())[:LONGEST_WORDS].strip()
        chosen = {}
        for facet in shape.facets:
            values = dict.fromkeys(value for value in query.getlist(facet)[:MOST_VALUES] if VALUE.match(value))
            if values:
                chosen[facet] = tuple(values)
        sort = query.get("sort", "")
        page = query.get("page", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= 4
        return cls(
            shape=shape,
            words=words,
            chosen=chosen,
            sort=sort if sort in shape.sorts or (words and sort == MATCH) else "",
            page=min(max(int(page), 1), MOST_PAGES) if is_number else 1,
            view=query.get("view", "") if query.get("view") in shape.views else "",
        )

    @property
    def order(self) -> str:
        """The order in force: the best match first for words, else the list's own order."""
        return self.sort or (MATCH if self.words else self.shape.sorts[0])

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders to offer."""
        return (MATCH, *self.shape.sorts) if self.words else self.shape.sorts

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def query(self) -> str:
        """`?…`, always in the same order, so that one state has one address; `?` when nothing is chosen."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet, value) for facet in self.shape.facets for value in self.chosen.get(facet, ())]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("view", self.view)] if self.view else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}"

    def without(self, facet: str, value: str) -> "State":
        """The same without one chosen value, from its first page."""
        chosen = {name: tuple(each for each in values if (name, each) != (facet, value)) for name, values in self.chosen.items()}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def without_words(self) -> "State":
        return replace(self, words="", page=1, sort="" if self.sort == MATCH else self.sort)

    def without_facets(self) -> "State":
        return replace(self, chosen={}, page=1)

    @property
    def cleared(self) -> "State":
        """The whole list, shown in the same way."""
        return State(self.shape, view=self.view)

    @property
    def without_page(self) -> "State":
        """What was asked for, wholly: for a download or a drawing."""
        return replace(self, page=1, view="")

    def with_view(self, view: str) -> "State":
        return replace(self, view=view)

    def with_words(self, words: str) -> "State":
        return replace(self, words=words, page=1)

    def with_sort(self, sort: str) -> "State":
        return replace(self, sort=sort, page=1)

    def with_page(self, page: int) -> "State":
        return replace(self, page=page)
