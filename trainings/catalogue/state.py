"""The state of the catalogue, wholly in its address: words, chosen facets, order, page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from core.protection.names import without_control_characters

FACETS: Final = ("theme", "programme", "language", "format", "period", "place", "seats")
SORTS: Final = ("date", "title", "match")
LONGEST_WORDS = 100
MOST_VALUES = 20
MOST_PAGES = 1000
VALUE = re.compile(r"^[a-z0-9_-]{1,60}$")


@dataclass(frozen=True)
class State:
    """What the reader asked for. Anything in the address that cannot be meant is ignored, never an error."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "State":
        """Reads the address of a request."""
        words = " ".join(without_control_characters(query.get("q", "")).split())[:LONGEST_WORDS].strip()
        chosen = {}
        for facet in FACETS:
            values = dict.fromkeys(value for value in query.getlist(facet)[:MOST_VALUES] if VALUE.match(value))
            if values:
                chosen[facet] = tuple(values)
        sort = query.get("sort", "")
        page = query.get("page", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= 4
        return cls(
            words=words,
            chosen=chosen,
            sort=sort if sort in SORTS and (words or sort != "match") else "",
            page=min(max(int(page), 1), MOST_PAGES) if is_number else 1,
        )

    @property
    def order(self) -> str:
        """The order in force: the best match first for words, else the next date first."""
        return self.sort or ("match" if self.words else "date")

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def query(self) -> str:
        """`?…`, always in the same order, so that one state has one address; `?` when nothing is chosen."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}"

    def without(self, facet: str, value: str) -> "State":
        """The same without one chosen value, from its first page."""
        chosen = {name: tuple(each for each in values if (name, each) != (facet, value)) for name, values in self.chosen.items()}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def without_words(self) -> "State":
        return replace(self, words="", page=1, sort="" if self.sort == "match" else self.sort)

    def without_facets(self) -> "State":
        return replace(self, chosen={}, page=1)

    def with_words(self, words: str) -> "State":
        return replace(self, words=words, page=1)

    def with_sort(self, sort: str) -> "State":
        return replace(self, sort=sort, page=1)

    def with_page(self, page: int) -> "State":
        return replace(self, page=page)
