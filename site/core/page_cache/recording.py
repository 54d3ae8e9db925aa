"""Which tables the queries of one rendering read, and whether it wrote."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection

WORD = re.compile(r"\w+")
# The throttles count who makes the site work; a page from memory is no work, and who has had too much gets another status.
COUNTERS = frozenset({"core_attempt"})


@dataclass(slots=True)
class Recording:
    """What the queries did meanwhile."""

    tables: set[str] = field(default_factory=set)
    has_written: bool = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        tables, is_read = _meaning(str(sql))
        self.tables |= tables
        self.has_written |= not is_read
        return execute(sql, params, many, context)


@contextmanager
def recording() -> Iterator[Recording]:
    """Notes the queries of this thread."""
    noted = Recording()
    with connection.execute_wrapper(noted):
        yield noted


@lru_cache(maxsize=4096)
def _meaning(sql: str) -> tuple[frozenset[str], bool]:
    """The tables a statement names, and whether it only reads. A column that is named as a table is taken for the table: a page is
    then renewed too often, never too seldom."""
    words = WORD.findall(sql)
    first = words[0].upper() if words else ""
    is_read = first in {"SELECT", "SAVEPOINT", "RELEASE"} and "FOR UPDATE" not in sql
    tables = frozenset(words) & _tables()
    return tables - COUNTERS, is_read or tables == COUNTERS


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
