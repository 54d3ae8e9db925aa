"""One page among its translations."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page


def title_in_language(pages: QuerySet[Page], language: str) -> str:
    """The title of that page, empty when there is none. One query for two columns: mails need no more of a page."""
    wanted = pages.filter(locale__language_code__in={language, settings.LANGUAGE_CODE}).order_by("pk")
    found = dict(wanted.values_list("locale__language_code", "title"))
    return str(found.get(language) or found.get(settings.LANGUAGE_CODE) or "")


def page_in_language[P: Page](pages: QuerySet[P], language: str) -> P | None:
    """The page of `pages` in `language`, else in the source language; None when there is neither. One query."""
    wanted = pages.filter(locale__language_code__in={language, settings.LANGUAGE_CODE}).select_related("locale").order_by("pk")
    found = {page.locale.language_code: page for page in wanted}
    return found.get(language) or found.get(settings.LANGUAGE_CODE)
