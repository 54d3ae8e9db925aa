"""`make demo` on a fresh folder: SQLite, site and worker, all in one command."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

PATIENCE = 180


@dataclass
class Demo:
    url: str
    output: str
    folder: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(root: Path, folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY"}}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "PORT": str(port), "VAR_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_demo"], cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    lines: list[str] = []
    deadline = time.monotonic() + PATIENCE
    for line in process.stdout:
        lines.append(line)
        if line.startswith("ready: ") or time.monotonic() > deadline:
            break
    return process, "".join(lines)


def stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture(scope="module")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    process, output = start(root, folder, port)
    try:
        yield Demo(url=f"http://127.0.0.1:{port}", output=output, folder=folder)
    finally:
        stop(process)


def test_it_says_when_it_is_ready_and_how_to_log_in(demo: Demo) -> None:
    assert re.search(r"^ready: http://localhost:\d+/$", demo.output, re.MULTILINE), demo.output
    for address in ("admin@example.org", "coordination@example.org", "formation@example.org"):
        assert address in demo.output


@pytest.mark.parametrize("path", ["/fr/", "/nl/", "/en/", "/fr/formations/", "/nl/opleidingen/", "/en/trainings/", "/mailbox/", "/healthz"])
def test_it_serves_the_site(demo: Demo, path: str) -> None:
    answer = httpx.get(demo.url + path, follow_redirects=True)
    assert answer.status_code == 200, answer.text[:500]


def test_its_pages_are_compressed(demo: Demo) -> None:
    assert httpx.get(f"{demo.url}/fr/formations/").headers["content-encoding"] in {"gzip", "br"}


def test_fifty_modules_stand_in_each_catalogue(demo: Demo) -> None:
    with sqlite3.connect(demo.folder / "smes.sqlite3") as database:
        rows = database.execute(
            "select l.language_code, count(*) from trainings_modulepage m join wagtailcore_page p on p.id = m.page_ptr_id "
            "join wagtailcore_locale l on l.id = p.locale_id where p.live group by 1 order by 1"
        ).fetchall()
    assert rows == [("en", 50), ("fr", 50), ("nl", 50)]
