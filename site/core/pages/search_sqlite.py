"""Search on SQLite: FTS5 folds accents and knows no word endings (docs/search.md)."""

from typing import Any

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

from core.pages.plain_queries import PlainQueriesMixin, joined, one_of

# FTS5 folds accents, not ligatures. PostgreSQL's unaccent folds both.
LIGATURES = (("oe", "œ"), ("ae", "æ"))


class PlainSQLiteBackend(PlainQueriesMixin, SQLiteSearchBackend):
    """Without stems; `coeur` finds `cœur`."""

    def query_for(self, parts: list[list[str]], operator: str) -> Any:
        return joined([one_of([*part, *(other for each in part for other in _ligatures(each))]) for part in parts], operator)


def _ligatures(term: str) -> list[str]:
    """The other spelling of a word with `oe` or `œ`, if it has one."""
    apart = joined = term.lower()
    for letters, ligature in LIGATURES:
        apart, joined = apart.replace(ligature, letters), joined.replace(letters, ligature)
    return [spelling for spelling in (apart, joined) if spelling != term.lower()]
