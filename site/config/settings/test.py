"""The test suite: PostgreSQL (tests/pgplugin.py starts one), tasks in a table, mails in memory, fast password hashes."""

import os

from config.settings.base import *

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECOND_FACTOR_FOR_SUPERUSERS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Two runs at once (pytest -n 2) keep their files apart.
FILES = VAR_DIR / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
MEDIA_ROOT = FILES / "media"
if not S3_BUCKET:
    STORAGES["private"]["OPTIONS"] |= {"location": FILES / "private"}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_DB_TEMPLATE")}  # migrated already (tests/databases.py)
FORM_FASTEST_SECONDS = 0  # tests of the time trap set it back
