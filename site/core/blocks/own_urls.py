"""A URL of our own site that an editor copied from the browser, in the language of whoever reads it."""

from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation


def in_readers_language(url: str) -> str:
    """The same view in the language that is active, as a path; a URL of others, or of a page, as it is."""
    parts = urlsplit(url)
    if not parts.hostname or parts.hostname != urlsplit(str(settings.WAGTAILADMIN_BASE_URL)).hostname:
        return url
    language = parts.path.split("/")[1]
    if language not in dict(settings.LANGUAGES):
        return url
    with translation.override(language):
        try:
            found = resolve(unquote(parts.path))
        except Resolver404:
            return url
    if not found.url_name or "wagtail" in found.view_name:
        return url
    path = reverse(found.view_name, args=found.args, kwargs=found.kwargs)
    return urlunsplit(("", "", path, parts.query, parts.fragment))
