"""Full-text search that ignores accents and word endings of the reader's language, on PostgreSQL.

Wagtail's index knows one text-search configuration for everything. Ours are one per language (migration
`core/0004_search_configurations`): a page is indexed with the configuration of its own language, a query is parsed with
that of the reader. On SQLite Wagtail's FTS5 backend folds accents but knows no stems (docs/search.md).
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from core.languages import current_language
from core.pages.plain_queries import PlainQueriesMixin


def language_of(obj: Any) -> str:
    """The language an object is written in; French for what has none."""
    locale = getattr(obj, "locale", None)
    return locale.language_code if locale else settings.LANGUAGE_CODE


class LanguageIndex(PostgresIndex):
    """Indexes each object under its own language."""

    def add_items(self, model: type, objs: Iterable[Any]) -> None:
        for language, group in groupby(sorted(objs, key=language_of), key=language_of):
            with translation.override(language):
                super().add_items(model, list(group))


class LanguageSearchBackend(PlainQueriesMixin, PostgresSearchBackend):
    """The configuration follows the active language; type-ahead uses no stems but forgives accents."""

    index_class = LanguageIndex

    @property
    def config(self) -> str:
        language = current_language()
        return f"smes_{language[:2]}"

    @config.setter
    def config(self, value: Any) -> None:
        """The parent sets a fixed one; ours is computed."""

    @property
    def autocomplete_config(self) -> str:
        return "smes_simple"

    @autocomplete_config.setter
    def autocomplete_config(self, value: Any) -> None:
        """As above."""


def SearchBackend(params: dict[str, Any]) -> Any:
    """Ours for each database."""
    if connection.vendor == "postgresql":
        return LanguageSearchBackend(params)
    # Here: modelsearch declares the table of its index once, for the database whose backend is imported first.
    from core.pages.search_sqlite import PlainSQLiteBackend

    return PlainSQLiteBackend(params)
