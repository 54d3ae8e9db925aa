"""Which version of the site this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def site_version() -> str:
    """As pyproject.toml says; docs/changelog.md has an entry for it."""
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"])
