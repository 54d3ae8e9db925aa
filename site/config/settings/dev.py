"""A developer's own machine: `uv run manage.py runserver`."""

from config.settings.base import *

DEBUG = True
SECRET_KEY = "only-for-development-and-never-for-a-public-server"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECOND_FACTOR_FOR_SUPERUSERS = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
MAILERS = {"default": {"BACKEND": "core.mail.mailbox.MailboxBackend"}}
