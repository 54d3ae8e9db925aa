"""What may rely on a connection of the database: nothing, where a pooler hands each transaction to another one (docs/scaling.md)."""

from typing import Any

# Statements are prepared where the code asks for it, and no other, however often it runs.
NEVER_BY_ITSELF = 1_000_000


def with_pooling(database: Any, *, is_pooled: bool) -> Any:
    """This entry of DATABASES, for PostgreSQL. `is_pooled`: behind PgBouncer in transaction mode."""
    options = {"prepare_threshold": None if is_pooled else NEVER_BY_ITSELF}
    return database | {"DISABLE_SERVER_SIDE_CURSORS": is_pooled, "OPTIONS": database.get("OPTIONS", {}) | options}
