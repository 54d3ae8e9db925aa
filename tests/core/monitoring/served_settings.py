"""Settings of the site that test_canaries.py serves: production's logs, the tests' database and mail server, and a view that may fail."""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import LOGGING, MIDDLEWARE
from tests.core.worker_settings import MAILERS as MAILERS

TRUSTED_PROXY_COUNT = 1
MIDDLEWARE = [*MIDDLEWARE, "tests.core.monitoring.failing.FailingMiddleware"]
LOGGING["handlers"]["console"]["formatter"] = "json"
if os.environ.get("WITHOUT_MASK"):  # the control
    LOGGING["handlers"]["console"]["filters"] = []
