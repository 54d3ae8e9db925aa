"""The whole product as its users meet it: `run_demo` in a process of its own, site and worker, on a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT = 600  # seconds, with the demo content loaded, on a machine that does other things as well
# A setting of `served`: every request with its moment and its duration, beside what site and worker say by themselves.
ACCESS_LOG = {"GUNICORN_CMD_ARGS": "--access-logfile - --access-logformat '%(t)s %(r)s %(s)s %(L)s s'"}


@dataclass(frozen=True)
class Served:
    """A running site. What it, its server and its worker print goes to `log`: nobody has to read it for them to go on."""

    url: str
    log: Path
    folder: Path

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment_of(folder: Path, database_url: str | None = None) -> dict[str, str]:
    """What a command of the demo with its files below `folder` is told; without `database_url` on SQLite there."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}}
    told = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VAR_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    return kept | told | ({"DATABASE_URL": database_url} if database_url else {})


@contextmanager
def served(folder: Path, database_url: str | None = None, **settings: str) -> Iterator[Served]:
    """Starts the demo with its files below `folder`; without `database_url` on SQLite there."""
    port = free_port()
    environment = environment_of(folder, database_url) | {"PORT": str(port)} | settings
    log = folder / "served.log"
    with log.open("w") as writing:
        command = [sys.executable, "manage.py", "run_demo"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.STDOUT)
    site = Served(url=f"http://localhost:{port}", log=log, folder=folder)
    try:
        _wait_until_ready(process, site)
        yield site
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], site: Served) -> None:
    deadline = time.monotonic() + TIMEOUT
    while "\nready: " not in site.output:
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The demo did not get ready:\n{site.output}")
        time.sleep(0.2)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
