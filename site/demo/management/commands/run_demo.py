import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from core.web.staticfiles import fingerprint_of_sources
from demo.builders.people import PASSWORD, STAFF
from demo.builders.support import COLLEAGUE

# Of 19: on a machine that is full, pages come before mails.
NICENESS_OF_MAILS = 5
TIMEOUT = 180  # seconds until both processes must answer: a busy machine is slow; a process that ends is told at once


class Command(BaseCommand):
    """Prepares the demo and serves site and worker until it is stopped."""

    help = "Set up the database, load the demo content, serve site and worker. PORT and DATABASE_URL are read from the environment."
    requires_system_checks = []  # noqa: RUF012 (Django's own declaration)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="Database, files and content only; nothing is served.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.port: int = getattr(settings, "PORT", 8000)
        if not options["prepare"]:
            self._refuse_taken_port()
        settings.VAR_DIR.mkdir(exist_ok=True)
        self._refuse_missing_database()
        self._step("database", "migrate", verbosity=0)
        self._collect_static_files()
        call_command("load_demo")
        if options["prepare"]:
            return
        processes = self._start()
        try:
            self._wait(processes)
            self._welcome()
            self._watch(processes)
        finally:
            self._stop(processes)

    def _step(self, what: str, command: str, **options: Any) -> None:
        begun = time.monotonic()
        self.stdout.write(f"Preparing the {what} …", ending="")
        self.stdout.flush()
        call_command(command, **options)
        self.stdout.write(f" {time.monotonic() - begun:.0f} s")

    def _collect_static_files(self) -> None:
        """Hashing and compressing takes ten seconds: only when a source changed since."""
        note = settings.VAR_DIR / "static-sources"
        fingerprint = fingerprint_of_sources()
        if settings.STATIC_ROOT.exists() and note.exists() and note.read_text() == fingerprint:
            return
        self._step("styles and scripts", "collectstatic", interactive=False, verbosity=0)
        note.write_text(fingerprint)

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise CommandError(f"Port {self.port} is taken. Choose another one: make demo PORT={self.port + 1}")

    def _refuse_missing_database(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            name = connection.settings_dict["NAME"]
            raise CommandError(
                f"The database “{name}” cannot be opened: {reason}\n"
                "Create it, correct DATABASE_URL, or leave DATABASE_URL out: the demo then keeps its own in var/."
            ) from error

    def _start(self) -> list[subprocess.Popen[bytes]]:
        host = os.environ.get("HOST", "127.0.0.1")
        web = ["-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"{host}:{self.port}", "config.wsgi"]
        commands = [web, ["manage.py", "run_worker"]]
        processes = [subprocess.Popen([sys.executable, *command], cwd=settings.BASE_DIR) for command in commands]  # noqa: S603
        if hasattr(os, "setpriority"):
            # Somebody waits for the page; a mail is as welcome a moment later.
            os.setpriority(os.PRIO_PROCESS, processes[-1].pid, NICENESS_OF_MAILS)
        return processes

    def _wait(self, processes: list[subprocess.Popen[bytes]]) -> None:
        """Until the health page says that the database answers and a worker beats."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in processes):
                raise CommandError("A process of the demo ended at once; its message stands above.")
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                pass
            time.sleep(0.3)
        raise CommandError(f"Site and worker did not answer within {TIMEOUT} s.")

    def _welcome(self) -> None:
        base = f"http://localhost:{self.port}"
        lines = [f"  {role:<14} {email:<28} {PASSWORD}" for email, _name, _group, role in STAFF]
        lines.append(f"  {'mobile team':<14} {COLLEAGUE:<28} {PASSWORD} (asks for a second factor at the first log-in)")
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"  site           {base}/fr/  {base}/nl/  {base}/en/",
                    f"  back-office    {base}/admin/",
                    f"  mailbox        {base}/mailbox/",
                    f"  design         {base}/design/",
                    "",
                    *lines,
                    "",
                    f"ready: {base}/",
                ]
            )
        )
        self.stdout.flush()

    def _watch(self, processes: list[subprocess.Popen[bytes]]) -> None:
        def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, ask_to_stop)
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            return
        raise CommandError("A process of the demo ended; its message stands above.")

    def _stop(self, processes: list[subprocess.Popen[bytes]]) -> None:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
