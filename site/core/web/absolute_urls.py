"""Absolute URLs for mails and documents, in the language of the person who reads them."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def base_url() -> str:
    """The site's own scheme and host, without a slash at the end."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def absolute_url(name: str, *args: object, language: str) -> str:
    """The URL of one of our own views, e.g. `absolute_url("trainings:enrol", session.reference, language="nl")`."""
    with translation.override(language):
        return base_url() + reverse(name, args=args)
