"""Two machines for the web and two for workers, behind one proxy; they share a database with its pooler, a cache, an object store."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from django.db import connections

from tests.databases import new_database
from tests.machines.servers import PostOffice, object_store, pooler, post_office, proxy, shared_cache
from tests.serving import ROOT, free_port
from tests.waiting import wait_until


@dataclass
class Machine:
    """One process, and a folder of its own: what it keeps there no other machine sees."""

    command: list[str]
    environment: dict[str, str]
    folder: Path
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            environment = os.environ | self.environment | {"VAR_DIR": str(self.folder)}
            self.process = subprocess.Popen(
                [sys.executable, *self.command], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL to all of it, in the middle of whatever it does."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    @property
    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).status_code > 0
        except httpx.TransportError:
            return False


@dataclass
class Cluster:
    """The address of the proxy, and who stands behind it."""

    folder: Path
    environment: dict[str, str]
    post: PostOffice
    url: str = ""
    webs: list[Machine] = field(default_factory=list)
    workers: list[Machine] = field(default_factory=list)

    def start_web(self, name: str, **changed: str) -> Machine:
        port = free_port()
        command = ["-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
        environment = self.environment | {"WEB_CONCURRENCY": "1"} | changed
        return self._start(self.webs, Machine(command, environment, self.folder / name, url=f"http://127.0.0.1:{port}"))

    def start_worker(self, name: str) -> Machine:
        command = ["manage.py", "run_worker", "--interval", "0.1"]
        return self._start(self.workers, Machine(command, self.environment, self.folder / name))

    def stop(self) -> None:
        for machine in (*self.webs, *self.workers):
            machine.kill()

    def _start(self, beside: list[Machine], machine: Machine) -> Machine:
        beside.append(machine)
        machine.start()
        return machine


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """On a new database; the models of the test read and write there meanwhile, past the pooler."""
    with ExitStack() as stack:
        database_url = new_database("machines")
        post = stack.enter_context(post_office(folder))
        store = stack.enter_context(object_store(folder))
        environment = store.environment | {
            "DATABASE_URL": stack.enter_context(pooler(folder, database_url, connections=16)),
            "DATABASE_POOLED": "1",
            "CACHE_URL": stack.enter_context(shared_cache(folder)),
            "DJANGO_SETTINGS_MODULE": "tests.machines.site_settings",
            "SMTP_PORT": str(post.port),
            "WORKER_SILENCE_SECONDS": "8",
        }
        running = Cluster(folder, environment, post)
        stack.callback(running.stop)
        for name in ("web 1", "web 2"):
            running.start_web(name)
        for name in ("worker 1", "worker 2"):
            running.start_worker(name)
        running.url = stack.enter_context(proxy(folder, [int(each.url.rpartition(":")[2]) for each in running.webs]))
        stack.enter_context(_models_on(database_url))
        wait_until(lambda: all(each.answers for each in running.webs), "the web machines do not answer")
        yield running


@contextmanager
def _models_on(database_url: str) -> Iterator[None]:
    resting = connections["default"]
    there = resting.copy()
    there.settings_dict["NAME"] = urlsplit(database_url).path.lstrip("/")
    connections["default"] = there
    try:
        yield
    finally:
        connections["default"] = resting
        there.close()
