"""TEMPORARY: dan's file lands soon."""
from django.conf import settings
def leave_url(key: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + f"/n/u/{key}/"
def preferences_url(key: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + f"/n/p/{key}/"
