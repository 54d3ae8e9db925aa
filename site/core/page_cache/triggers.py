"""The triggers that note each write of a table. Made after every migrate, and again without harm."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "core_note_change"
FUNCTION = """
CREATE OR REPLACE FUNCTION core_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO core_tablechange ("table", n) VALUES (TG_TABLE_NAME, 1);
  RETURN NULL;
END $$
"""
# Once a statement, however many rows it writes; also for none, which costs a rendering and never a stale page.
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {name}()
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS "{name}_{table}_{event}" AFTER {event} ON "{table}"
BEGIN INSERT INTO core_tablechange ("table", n) VALUES ('{table}', 1); END
"""


@cache
def watched_tables() -> frozenset[str]:
    """The tables of PAGE_CACHE_MODELS."""
    return frozenset(apps.get_model(label)._meta.db_table for label in settings.PAGE_CACHE_MODELS)


def make_triggers(*, using: str = "default", **_kwargs: Any) -> None:
    """A receiver of `post_migrate`: for the watched tables that are there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if "core_tablechange" not in there:
            return
        tables = sorted(watched_tables() & there)
        for statement in _statements(connection, tables):
            cursor.execute(statement)


def drop_triggers(*, using: str = "default") -> None:
    """For the control of the tests: without them pages go stale."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in sorted(watched_tables()):
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS {NAME} ON "{table}"')
            else:
                for event in ("INSERT", "UPDATE", "DELETE"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{NAME}_{table}_{event}"')


def _statements(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> Iterable[str]:
    if connection.vendor == "postgresql":
        yield FUNCTION
        for table in tables:
            yield POSTGRESQL.format(name=NAME, table=table)
    else:
        for table in tables:
            for event in ("INSERT", "UPDATE", "DELETE"):
                yield SQLITE.format(name=NAME, table=table, event=event)
