"""One page among its translations."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page


def page_in_language[P: Page](pages: QuerySet[P], language: str) -> P | None:
    """The page of `pages` in `language`, else in the source language; None when there is neither. One query."""
    wanted = pages.filter(locale__language_code__in={language, settings.LANGUAGE_CODE}).select_related("locale").order_by("pk")
    found = {page.locale.language_code: page for page in wanted}
    return found.get(language) or found.get(settings.LANGUAGE_CODE)
