"""Real servers as processes of their own, on free ports of this machine: a pooler, a shared cache, an object store, a proxy.

Each is started in the foreground with a configuration of its own and ended with its block. They come from Debian (.ci/run installs
them); the object store is rclone's `serve s3`, from a package of the registry.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.serving import ROOT, free_port
from tests.waiting import wait_until

TIMEOUT = 60  # seconds: of one on a quiet machine
BUCKET, KEY, SECRET = "smes", "key-for-tests", "secret-for-tests"


def program(name: str) -> str:
    """Where the program is. Without it a test is skipped, and fails in CI."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found:
        return found
    missing = f"{name} is not installed (docs/testing.md, “More than one machine”)."
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _server(command: Sequence[str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as writing:
        process = subprocess.Popen(command, stdout=writing, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, f"{command[0]} does not begin")
        assert process.poll() is None, log.read_text(errors="replace")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


POOLER = """
[databases]
{database} = {host} user={user} {password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 300
"""


@contextmanager
def pooler(folder: Path, database_url: str, *, connections: int = 8) -> Iterator[str]:
    """PgBouncer in transaction mode before this database; the address it is reached at."""
    port, behind = free_port(), urlsplit(database_url)
    database = behind.path.lstrip("/")
    socket_folder = parse_qs(behind.query).get("host", [""])[0]
    host = f"host={socket_folder or behind.hostname} port={behind.port or 5432}"
    password = f"password={behind.password}" if behind.password else ""
    conf = folder / "pgbouncer.ini"
    conf.write_text(
        POOLER.format(
            database=database, host=host, user=behind.username or "postgres", password=password, port=port, connections=connections
        )
    )
    command = [program("pgbouncer"), str(conf)]
    if os.geteuid() == 0:
        # It refuses to run as root. As the owner of the database's socket it may reach it, wherever that lies.
        owner = Path(socket_folder).owner() if socket_folder else "nobody"
        readable = Path("/tmp") / f"smes-pgbouncer-{port}.ini"
        shutil.copy(conf, readable)
        readable.chmod(0o644)
        command = [program("pgbouncer"), "-u", owner, str(readable)]
    try:
        with _server(command, port, folder / "pgbouncer.log"):
            yield f"postgresql://postgres@127.0.0.1:{port}/{database}"
    finally:
        (Path("/tmp") / f"smes-pgbouncer-{port}.ini").unlink(missing_ok=True)


@contextmanager
def shared_cache(folder: Path) -> Iterator[str]:
    """Redis without a disk; its address."""
    port = free_port()
    command = [program("redis-server"), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with _server(command, port, folder / "redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


@dataclass(frozen=True)
class Store:
    """An object store with one empty bucket."""

    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process of the site is told."""
        return {"S3_BUCKET": BUCKET, "S3_ENDPOINT_URL": self.url, "S3_ACCESS_KEY_ID": KEY, "S3_SECRET_ACCESS_KEY": SECRET}


@contextmanager
def object_store(folder: Path) -> Iterator[Store]:
    port, content = free_port(), folder / "objects"
    (content / BUCKET).mkdir(parents=True)
    command = [program("rclone"), "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    quiet = ["--config", "/dev/null", "--no-checksum", "--vfs-cache-mode", "off", "--log-level", "ERROR"]
    with _server([*command, *quiet, str(content)], port, folder / "rclone.log"):
        yield Store(url=f"http://127.0.0.1:{port}", folder=content)


@dataclass(frozen=True)
class PostOffice:
    """A mail server, and what it has taken."""

    port: int
    ledger: Path

    @property
    def taken(self) -> list[str]:
        """The Message-ID of each mail."""
        return self.ledger.read_text().split()


@contextmanager
def post_office(folder: Path) -> Iterator[PostOffice]:
    running = PostOffice(free_port(), folder / "mails")
    running.ledger.touch()
    command = [sys.executable, str(ROOT / "tests" / "fast_sink.py"), str(running.port), "--ledger", str(running.ledger)]
    with _server(command, running.port, folder / "post-office.log"):
        yield running


PROXY = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
{user}
events {{ worker_connections 512; }}
http {{
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 50m;
    upstream site {{
{backends}
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://site;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            # A page that was only asked for is asked for at the other server; a form that was sent is not sent twice.
            proxy_next_upstream error timeout;
            proxy_connect_timeout 2s;
        }}
    }}
}}
"""


@contextmanager
def proxy(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """nginx before web processes on these ports; its address."""
    port, conf = free_port(), folder / "nginx.conf"
    backends = "\n".join(f"        server 127.0.0.1:{each} max_fails=1 fail_timeout=1s;" for each in ports)
    user = "user root;" if os.geteuid() == 0 else ""
    conf.write_text(PROXY.format(folder=folder, backends=backends, port=port, user=user))
    with _server([program("nginx"), "-c", str(conf), "-e", str(folder / "nginx-error.log")], port, folder / "nginx.log"):
        yield f"http://127.0.0.1:{port}"
