"""The version of each table that public pages read: how often it was written, as far as this moment sees.

Successive reads from one server see ever more commits, and each adds to one sum. So the sum over all tables, one number, says whether
anything changed at all; only then are the tables read one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

# Beside the sum, where it was begun: a restarted server may have lost commits that were seen before (synchronous_commit = off), an
# emptied or restored table counts from the beginning, and both might come to the same sum again.
TOTAL = {
    "postgresql": (
        "SELECT COALESCE(SUM(n), 0)::bigint, "
        "pg_postmaster_start_time()::text || ' ' || pg_relation_filenode('core_tablechange') FROM core_tablechange"
    ),
    "sqlite": "SELECT COALESCE(SUM(n), 0), '' FROM core_tablechange",
}
EACH = {
    "postgresql": 'SELECT "table", SUM(n)::bigint FROM core_tablechange GROUP BY "table"',
    "sqlite": 'SELECT "table", SUM(n) FROM core_tablechange GROUP BY "table"',
}
FEW_ROWS = 500  # so many are added up in less time than a commit takes

Total = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Versions:
    """Every table at one moment."""

    total: Total
    of_table: Mapping[str, int]

    def of(self, tables: frozenset[str]) -> Mapping[str, int]:
        return {table: self.of_table.get(table, 0) for table in tables}


_known = Versions((-1, ""), {})


def read_total() -> Total:
    """One query, on this thread's own connection, below Django's cursor: nothing is logged or counted, and nothing is prepared, so
    that a pooler may stand between. Raises DatabaseError."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.connection.cursor()
        try:
            counted, begun = cursor.execute(TOTAL[connection.vendor]).fetchone()
        finally:
            cursor.close()
    return counted, begun


def versions_at(total: Total) -> Versions:
    """The versions of all tables when the total was this or later. No query while nothing changed."""
    global _known
    known = _known
    if known.total != total:
        with connection.cursor() as cursor:
            cursor.execute(EACH[connection.vendor])
            of_table = dict(cursor.fetchall())
        known = _known = Versions((sum(of_table.values()), total[1]), of_table)
    return known


def compact() -> int:
    """Adds up the rows of each table into one, where there are many. The sums stay; returns how many rows are gone.

    One statement on PostgreSQL: whoever reads sees the many rows or the one, and two that compact at once take each row once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('SELECT COUNT(*), COUNT(DISTINCT "table") FROM core_tablechange')
        rows, tables = cursor.fetchone()
        if rows - tables < FEW_ROWS:
            return 0
        if connection.vendor == "postgresql":
            cursor.execute(
                'WITH gone AS (DELETE FROM core_tablechange RETURNING "table", n) '
                'INSERT INTO core_tablechange ("table", n) SELECT "table", SUM(n) FROM gone GROUP BY "table"'
            )
        else:
            cursor.execute("SELECT MAX(id) FROM core_tablechange")
            last = cursor.fetchone()
            old = 'SELECT "table", SUM(n) FROM core_tablechange WHERE id <= %s GROUP BY "table"'
            cursor.execute(f'INSERT INTO core_tablechange ("table", n) {old}', last)
            cursor.execute("DELETE FROM core_tablechange WHERE id <= %s", last)
        return int(rows - tables)


def forget() -> None:
    """As at the start of the process."""
    global _known
    _known = Versions((-1, ""), {})
