"""Settings of the processes of test_drill.py: everything quick, a mail server that is not waited for, a shared cache where there is one."""

from config.settings.storage import CACHES  # noqa: F401
from tests.core.worker_settings import *  # noqa: F403

MAILERS["default"]["OPTIONS"]["timeout"] = 1  # noqa: F405
MAIL_SERVER_PAUSES = (0.5,)
DUTIES_CHECK_SECONDS = 0.3
MEDIA_ROOT = VAR_DIR / "media"  # noqa: F405
STORAGES["private"]["OPTIONS"] |= {"location": VAR_DIR / "private"}  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405 (as in production: connections outlive a request, and the database)
PAGE_CACHE = True
