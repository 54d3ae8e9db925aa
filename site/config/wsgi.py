"""WSGI entry point: `gunicorn --config site/config/gunicorn.py config.wsgi`. Django's application behind the page cache."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

from core.page_cache.handler import CachedPagesHandler  # noqa: E402 (its models need the apps)

application = CachedPagesHandler()
