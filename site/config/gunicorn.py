"""Configuration of gunicorn: `gunicorn --config site/config/gunicorn.py config.wsgi`. The settings are gunicorn's own.

With threads: browsers open up to six connections in advance and leave them idle. Such a connection would block a worker without threads for
half a minute; a thread closes it after a few seconds.
"""

import os
import shutil
import tempfile
from typing import Any

pythonpath = "site,."
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
loglevel = "warning"
logger_class = "core.monitoring.gunicorn.MaskedLogger"
if os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.production").endswith(".production"):
    os.environ.setdefault("LOG_FORMAT", "json")
# Longer than somebody takes to fill in a form: a connection that closes at the very moment its form is sent loses what was typed.
keepalive = 75

# Each process counts in files of its own there; /metrics adds them up (core.monitoring.figures). They live as long as this server.
COUNTS = tempfile.mkdtemp(prefix="smes-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = COUNTS


def child_exit(server: Any, worker: Any) -> None:
    """What a worker that ended had counted stays; what only a living one can say goes."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Takes the counts away."""
    shutil.rmtree(COUNTS, ignore_errors=True)
