"""The commands of compose.yaml, with the settings of a public server, on a new database: what they set up serves and is saved."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from core.backup.encryption import new_key
from tests.config.deploy.files import DEPLOY, ROOT, new_env, read, variables
from tests.core.backup.conftest import PROGRAMS
from tests.databases import new_database
from tests.serving import free_port

pytestmark = pytest.mark.slow

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(read("compose.yaml"))["services"]
HOST = "smes.example.org"


def command(service: str, port: int = 0) -> list[str]:
    """As compose.yaml says it, with the Python of this checkout."""
    words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in SERVICES[service]["command"]]
    programs = {"python": [sys.executable], "gunicorn": [sys.executable, "-m", "gunicorn"], "sh": ["sh"]}
    return [*programs[words[0]], *words[1:]]


def run(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)


@contextmanager
def started(words: list[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("w") as writing:
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def wait_until_healthy(port: int, environment: dict[str, str], log: Path) -> None:
    """By the health check of the image."""
    asking = environment | {"HEALTH_URL": f"http://127.0.0.1:{port}/healthz?ready"}
    for _ in range(120):
        if run([sys.executable, str(DEPLOY / "healthcheck.py")], asking).returncode == 0:
            return
        time.sleep(0.5)
    raise AssertionError(log.read_text())


def status(port: int, path: str, host: str = HOST) -> int:
    """What the site answers a proxy with TLS."""
    return httpx.get(f"http://127.0.0.1:{port}{path}", headers={"Host": host, "X-Forwarded-Proto": "https"}, timeout=30).status_code


def test_a_site_is_set_up_served_and_saved_by_the_commands_of_compose(tmp_path: Path) -> None:
    new_env(tmp_path, HOST)
    public, private = new_key()
    (tmp_path / "key.txt").write_text(private)
    (tmp_path / "var").mkdir()
    environment = variables(tmp_path / "smes.env") | {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": new_database("composed"),  # migrated from nothing already, which takes long
        "VAR_DIR": str(tmp_path / "var"),
        "BACKUP_RECIPIENTS": public,
        "BACKUP_FOLDER": str(tmp_path / "backups"),
        **PROGRAMS,
    }
    migrated = run([word.replace("python ", f"{sys.executable} ") for word in command("migrate")], environment)
    assert migrated.returncode == 0, migrated.stderr
    port = free_port()
    with (
        started(command("web", port), environment, tmp_path / "web.log"),
        started(command("worker"), environment, tmp_path / "worker.log") as worker,
    ):
        wait_until_healthy(port, environment, tmp_path / "web.log")
        assert status(port, "/robots.txt") == 200
        assert status(port, "/robots.txt", host="evil.example.org") == 400
        saved = run([sys.executable, "manage.py", "backup"], environment)
        assert saved.returncode == 0, saved.stderr
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
    [archive] = (tmp_path / "backups").glob("*.age")
    verify = ["manage.py", "restore", str(archive), "--private-key", str(tmp_path / "key.txt"), "--verify"]
    verified = run([sys.executable, *verify], environment)
    assert verified.stdout.startswith("The archive is whole"), verified.stderr


def test_an_unsound_environment_starts_nothing_and_says_why(tmp_path: Path) -> None:
    new_env(tmp_path, HOST)
    unsound = {"ALLOWED_HOSTS": "*", "SECRET_KEY": "short"}
    environment = variables(tmp_path / "smes.env") | {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **unsound}
    for service in ("web", "worker"):
        refused = run(command(service, free_port()), environment)
        assert refused.returncode != 0
        assert "- SECRET_KEY is too short" in refused.stderr
        assert "- ALLOWED_HOSTS must name each host" in refused.stderr
