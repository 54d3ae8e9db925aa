"""PostgreSQL behind PgBouncer in transaction mode: each transaction may run on another connection of the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config.pooling import with_pooling
from core.models import Theme
from newsletter.sending.ledger import Claim, mark_sending
from tests.databases import new_database
from tests.machines.servers import pooler

CLAIM = Claim(delivery_id=1, issue_id=1, edition_id=1, subscriber_id=1, email="zoe@example.org", token="")
ROWS = 300


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pooler(tmp_path_factory.mktemp("pooler"), new_database("pooled"), connections=2) as url:
        yield url


@contextmanager
def two_clients(url: str, *, is_told: bool) -> Iterator[tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]]:
    """Two connections to the pooler, as of two processes; models use the first."""
    resting = connections["default"]
    clients = (resting.copy(), resting.copy())
    for each in clients:
        each.settings_dict |= with_pooling(dj_database_url.parse(url), is_pooled=is_told)
    connections["default"] = clients[0]
    try:
        yield clients
    finally:
        connections["default"] = resting
        for each in clients:
            each.close()


def take_a_connection(client: BaseDatabaseWrapper) -> None:
    """A transaction that stays open: it has the connection of the server that was used last, the others get another one from now on."""
    client.ensure_connection()
    client.set_autocommit(False)
    with client.cursor() as cursor:
        cursor.execute("SELECT 1")


def send_twice(other: BaseDatabaseWrapper) -> None:
    """What the sender of the newsletter does before each mail; elsewhere it prepares a statement."""
    mark_sending(claim=CLAIM, holder="x", previous=None)
    take_a_connection(other)
    mark_sending(claim=CLAIM, holder="x", previous=None)


def read_bit_by_bit(other: BaseDatabaseWrapper) -> None:
    Theme.objects.all().delete()
    Theme.objects.bulk_create(Theme(slug=f"t{n}", name_fr=f"{n}", name_nl=f"{n}", name_en=f"{n}") for n in range(ROWS))
    rows = Theme.objects.order_by("pk").iterator(chunk_size=50)
    next(rows)
    take_a_connection(other)
    assert sum(1 for _row in rows) == ROWS - 1


@pytest.mark.parametrize("work", [send_twice, read_bit_by_bit])
def test_nothing_relies_on_the_same_connection(db: None, pooled: str, work: Any) -> None:
    with two_clients(pooled, is_told=True) as (_mine, other):
        work(other)


@pytest.mark.control
@pytest.mark.parametrize(("work", "lost"), [(send_twice, "prepared statement"), (read_bit_by_bit, "cursor")])
def test_a_site_that_was_not_told_of_the_pooler_fails(db: None, pooled: str, work: Any, lost: str) -> None:
    with (
        two_clients(pooled, is_told=False) as (_mine, other),
        pytest.raises((DatabaseError, psycopg.Error), match=f"{lost}.*does not exist"),
    ):
        work(other)
