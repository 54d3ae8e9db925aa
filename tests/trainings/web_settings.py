"""Settings of the web and mail workers of test_killed_processes.py: the tests' database and mail server, one client IP per person."""

from tests.core.worker_settings import *  # noqa: F403

TRUSTED_PROXY_COUNT = 1
