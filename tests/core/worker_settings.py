"""Settings of the worker processes of test_worker_process.py: the tests' database, the tests' mail server, a quick heart."""

import os

from config.settings.test import *  # noqa: F403

WORKER_HEARTBEAT_SECONDS = 0.3
WORKER_SILENCE_SECONDS = float(os.environ["WORKER_SILENCE_SECONDS"])
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": int(os.environ["SMTP_PORT"]), "timeout": 60},
    }
}
