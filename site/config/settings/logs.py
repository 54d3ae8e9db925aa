"""Logs go to standard output, one line an event."""

LOGGERS = {"django.request": {"level": "ERROR"}, "wagtail": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": LOGGERS,
}
