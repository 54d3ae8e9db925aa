"""The languages of the site, and the one of the current request."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages we publish, teach and write in; each name in its own language."""

    FR = "fr", "Français"
    NL = "nl", "Nederlands"
    EN = "en", "English"


# In the reader's language: "français" on a French page, "Frans" on a Dutch one.
NAMES = {"fr": _("French"), "nl": _("Dutch"), "en": _("English")}
# For filters and forms of the back-office; who chooses a language for herself finds its own name (`Language`).
IN_THE_READERS_LANGUAGE = list(NAMES.items())


def current_language() -> str:
    """The two-letter code of the active language; the source language where none is active."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def language_name(code: str) -> str:
    """`French`, in the reader's language; the code itself of a language we do not name."""
    return str(NAMES.get(code, code))


def language_display(row: models.Model) -> str:
    """`get_language_display` of our models: in the reader's language, where Django would show the name the language has for itself."""
    return language_name(getattr(row, "language"))  # noqa: B009 (a field of the row)


def language_names(codes: Iterable[str]) -> str:
    """`French, Dutch`, in the reader's language."""
    return ", ".join(str(NAMES[code]) for code in codes if code in NAMES)
