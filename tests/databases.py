"""Databases of the tests on one server: every migration is applied once, and the demo loaded once; what tests use are copies."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection, connections
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[1]
# Several runs on one server, and the processes of one run, keep their databases apart.
SUFFIX = os.environ.get("TEST_DB_SUFFIX", "") + os.environ.get("PYTEST_XDIST_WORKER", "")
DEMO = f"smes_demo{os.environ.get('TEST_DB_SUFFIX', '')}"
LOCK = 20261126  # whoever makes a template holds it, whoever needs one waits


def url_of(database: str) -> str:
    """The tests' server, this database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def new_database(purpose: str) -> str:
    """The address of a database for `purpose`: migrated, and nothing in it."""
    return _copy(template(), f"smes_{purpose}{SUFFIX}")


@contextmanager
def committing(*models: type[Model]) -> Iterator[None]:
    """What is written meanwhile is committed and seen by other processes; afterwards the rows of `models` are deleted.

    Inside pytest-django's `db`. Not `transaction=True`: that empties the whole database at the end, the rows of migrations included.
    """
    resting = connections["default"]
    connections["default"] = resting.copy()
    try:
        yield
    finally:
        connection.close()
        for model in models:
            model._default_manager.all().delete()
        connection.close()
        connections["default"] = resting


def template() -> str:
    """The name of a database with every migration applied, made anew when one of them or a package changes."""
    name = f"smes_template_{_fingerprint()}"
    making = f"{name}_making"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{making}"')
            run_manage("migrate", "--verbosity", "0", DATABASE_URL=url_of(making), DJANGO_SETTINGS_MODULE="config.settings.test")
            server.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def demo_database(loaded: Path, folder: Path) -> str:
    """The address of a database that holds the demo, whose files are put into `folder`: copies of what `load_demo_once` made."""
    load_demo_once(loaded)
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    return _copy(DEMO, f"smes_served{SUFFIX}")


def load_demo_once(loaded: Path) -> None:
    """Loads the demo into the database DEMO and its files into `loaded`, if nobody did; waits while another process does."""
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK + 1])
        if not loaded.exists():
            making = loaded.with_name(f"{loaded.name}-making")
            making.mkdir(exist_ok=True)
            url = _copy(template(), DEMO)
            settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.demo", "VAR_DIR": str(making)}
            run_manage("run_demo", "--prepare", **settings)
            making.rename(loaded)


def run_manage(*words: str, **environment: str) -> None:
    """`manage.py` in a process of its own."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=os.environ | environment, check=True)


def _copy(original: str, name: str) -> str:
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return url_of(name)


def _fingerprint() -> str:
    digest = sha256()
    for path in (ROOT / "uv.lock", *sorted(ROOT.glob("*/migrations/*.py")), *sorted(ROOT.glob("site/*/migrations/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _server() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        yield connection
