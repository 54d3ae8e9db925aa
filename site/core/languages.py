"""The languages of the site, and the one of the current request."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import get_language


class Language(models.TextChoices):
    """The languages we publish, teach and write in; each name in its own language."""

    FR = "fr", "Français"
    NL = "nl", "Nederlands"
    EN = "en", "English"


def current_language() -> str:
    """The two-letter code of the active language; the source language where none is active."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def language_names(codes: Iterable[str]) -> str:
    """`Français, Nederlands`: each in its own language."""
    return ", ".join(Language(code).label for code in codes if code in Language)
