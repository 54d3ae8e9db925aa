"""What readers type reaches no query language: terms only, on every database."""

from typing import Any

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

from core.languages import current_language
from core.pages.synonyms import with_synonyms
from core.text.comparison import search_terms


def one_of(spellings: list[str]) -> SearchQuery:
    """Any of these: a term, or a phrase of which every term must be there."""
    found = [PlainText(each, operator="and") for each in spellings]
    return found[0] if len(found) == 1 else Or(found)


def joined(parts: list[SearchQuery], operator: str) -> SearchQuery | str:
    """All of these, or any; the empty string for none."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Or(parts) if operator == "or" else And(parts)


class PlainQueriesMixin:
    """What a reader types never reaches a query language: terms only, whoever asks (site, catalogue, library, page chooser)."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, PlainText | Phrase):
            query = query.query_string
        if isinstance(query, str):
            terms = search_terms(query)
            # Words that are still being typed have no synonyms.
            is_whole = "Autocomplete" not in query_compiler_class.__name__
            parts = with_synonyms(terms, current_language()) if is_whole else [[term] for term in terms]
            query = self.query_for(parts, kwargs.get("operator") or "and")
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]

    def query_for(self, parts: list[list[str]], operator: str) -> Any:
        """The query of some parts, each a term or several that mean the same; the empty string finds nothing."""
        if all(len(spellings) == 1 for spellings in parts):
            return " ".join(spellings[0] for spellings in parts)
        return joined([one_of(spellings) for spellings in parts], operator)
