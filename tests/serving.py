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
PATIENCE = 600  # seconds, with the demo content loaded, on a machine that does other things as well


@dataclass(frozen=True)
class Served:
    """A running site."""

    url: str
    output: str
    folder: Path


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
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_demo"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield Served(url=f"http://localhost:{port}", output=_until_ready(process), folder=folder)
    finally:
        _stop(process)


def _until_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    lines: list[str] = []
    deadline = time.monotonic() + PATIENCE
    for line in process.stdout:
        lines.append(line)
        if line.startswith("ready: "):
            return "".join(lines)
        if time.monotonic() > deadline:
            break
    raise AssertionError("The demo did not get ready:\n" + "".join(lines))


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
