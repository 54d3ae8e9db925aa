"""`make demo`: like production (no debug page, hashed and compressed files), with an embedded database and a local mailbox."""

from django.utils.log import CallbackFilter

from config import env
from config.settings.base import *

DEBUG = False
DEMO = True
PORT = env.number("PORT", 8000)
SECRET_KEY = env.kept_secret("SECRET_KEY", VAR_DIR / "secret-key")
NOTES_KEYS = [env.kept_secret("NOTES_KEYS", VAR_DIR / "notes-key")]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://localhost:{PORT}"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECOND_FACTOR_FOR_SUPERUSERS = False
MAILERS = {"default": {"BACKEND": "core.mail.mailbox.MailboxBackend"}}
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
# What the command prints last, its addresses and log-ins, stays last: a line a task would push it out of sight. And it asks for the
# site's health until the worker beats: that it does not yet is no error.
LOGGING = LOGGING | {
    "filters": LOGGING["filters"]
    | {"no_health": {"()": CallbackFilter, "callback": lambda record: getattr(getattr(record, "request", None), "path", "") != "/healthz"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": LOGGERS | {"django.tasks": {"level": "WARNING"}, "django.request": LOGGERS["django.request"] | {"filters": ["no_health"]}},
}
