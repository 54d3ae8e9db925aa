"""Search on SQLite: FTS5 folds accents and knows no word endings (docs/search.md)."""

from typing import Any

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend
from modelsearch.query import And, Or, PlainText, SearchQuery

from core.pages.plain_queries import PlainQueriesMixin

# FTS5 folds accents, not ligatures. PostgreSQL's unaccent folds both.
LIGATURES = (("oe", "œ"), ("ae", "æ"))


class PlainSQLiteBackend(PlainQueriesMixin, SQLiteSearchBackend):
    """Without stems; `coeur` finds `cœur`."""

    def query_for(self, terms: list[str], operator: str) -> Any:
        parts = [_either([term, *spellings]) if (spellings := _ligatures(term)) else PlainText(term) for term in terms]
        if len(parts) < 2:
            return parts[0] if parts else ""
        return Or(parts) if operator == "or" else And(parts)


def _ligatures(term: str) -> list[str]:
    """The other spelling of a word with `oe` or `œ`, if it has one."""
    apart = joined = term.lower()
    for letters, ligature in LIGATURES:
        apart, joined = apart.replace(ligature, letters), joined.replace(letters, ligature)
    return [spelling for spelling in (apart, joined) if spelling != term.lower()]


def _either(spellings: list[str]) -> SearchQuery:
    return Or([PlainText(each) for each in spellings])
