"""Settings common to all environments. Subjects have their own files: languages, cms, mailers, security, logs …"""

import dj_database_url

from config import env
from config.pooling import with_pooling
from config.settings.caching import *
from config.settings.cms import *
from config.settings.followup import *
from config.settings.languages import *
from config.settings.logs import *
from config.settings.mailers import *
from config.settings.newsletter import *
from config.settings.security import *
from config.settings.storage import *

BASE_DIR = env.ROOT

INSTALLED_APPS = [
    "core",
    "home",
    "figures",
    "newsletter",
    "followup",
    "trainings",
    "publications",
    "cartography",
    "demo",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "core.accounts.apps.StaffUsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth lists passkeys with it
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.web.middleware.ContentSecurityPolicyMiddleware",
    "core.web.middleware.MethodMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.accounts.middleware.SecondFactorMiddleware",
    "core.web.pasted_text.PastedTextMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "core.web.context_processors.site",
            ],
            "builtins": ["core.templatetags.dates"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite is the embedded default of the demo. Its own defaults lose writes as soon as a worker runs beside the web server:
# IMMEDIATE transactions and the write-ahead log cure that (measured: docs/decisions/0003).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'smes.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,  # a database that restarted costs nobody a page
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"] = with_pooling(DATABASES["default"], is_pooled=env.flag("DATABASE_POOLED"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_HEARTBEAT_SECONDS = 5.0
WORKER_SILENCE_SECONDS = 45.0  # a worker not heard of for so long is gone; its tasks are put back
DUTIES_CHECK_SECONDS = 15.0  # how often each worker looks whether a timed duty is due

# The follow-up: an open file without a note for so long is on the work list; a contact person is forgotten so long after the end.
FOLLOW_UP_SILENT_WEEKS = 4
FOLLOW_UP_CONTACT_MONTHS = 24

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.web.staticfiles.LeafletFinder",
]

# The map: a tile service is asked for only where one is named here, and only after the reader agreed. Who may show the map in a frame.
MAP_TILES_URL = env.text("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = env.text("MAP_TILES_ATTRIBUTION", "")
MAP_FRAME_HOSTS = env.strings("MAP_FRAME_HOSTS")
