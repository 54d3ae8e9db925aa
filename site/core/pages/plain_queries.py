"""What readers type reaches no query language: terms only, on every database."""

from typing import Any

from modelsearch.query import Phrase, PlainText

from core.text import search_terms


class PlainQueriesMixin:
    """What a reader types never reaches a query language: terms only, whoever asks (site, catalogue, library, page chooser)."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, PlainText | Phrase):
            query = query.query_string
        if isinstance(query, str):
            query = self.query_for(search_terms(query), kwargs.get("operator") or "and")
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]

    def query_for(self, terms: list[str], operator: str) -> Any:
        """The query of some terms; the empty string finds nothing."""
        return " ".join(terms)
