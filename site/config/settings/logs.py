"""Logs go to standard output, one line an event: JSON where LOG_FORMAT says so (production), words for people elsewhere.

Every line goes through `core.monitoring.masking`. Django mails nobody about failures: `mail_admins` would send forms around.
"""

from typing import Any

from config import env

LOG_FORMAT = env.text("LOG_FORMAT", "lines")
DEFAULT_EXCEPTION_REPORTER = "core.monitoring.error_reports.ClosedReporter"
LOGGERS: dict[str, dict[str, Any]] = {
    "django": {"handlers": [], "level": "INFO"},
    "django.request": {"level": "ERROR"},
    "django.server": {"handlers": [], "level": "WARNING", "propagate": True},  # runserver's lines name the whole URL
    "wagtail": {"level": "WARNING"},
    "fontTools": {"level": "WARNING"},
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "core.monitoring.masking.MaskingFilter"}},
    "formatters": {
        "json": {"()": "core.monitoring.formatters.JsonFormatter"},
        "lines": {"()": "core.monitoring.formatters.LineFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": LOGGERS,
}
