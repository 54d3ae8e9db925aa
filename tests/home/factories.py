"""Pages of the site for tests, in French or in the three languages."""

from typing import Any

from wagtail.models import Page

from core.models import BasePage
from home.models import HomePage
from tests.trainings.factories import make_catalogue


def home_of(language: str = "fr") -> HomePage:
    """The home page of a language; the three are made once a test."""
    home: HomePage = HomePage.objects.get(pk=make_catalogue()[language].get_parent().pk)
    return home


def add_page[P: BasePage](page: P, parent: Page | None = None) -> P:
    """Below `parent`, or below the French home page."""
    above = Page.objects.get(pk=(parent or home_of()).pk)  # read again: treebeard keeps the number of children in the row
    page.locale = above.locale
    added: P = above.add_child(instance=page)
    return added


def add_pages[P: BasePage](
    model: type[P], parents: dict[str, Page] | None = None, fields: dict[str, Any] | None = None, **titles: str
) -> dict[str, P]:
    """One page in several languages: `add_pages(StandardPage, fr="À propos", nl="Over ons")`. Shape: {language: page}."""
    pages: dict[str, P] = {}
    for language, title in titles.items():
        key = {"translation_key": next(iter(pages.values())).translation_key} if pages else {}
        page = model(title=title, **(fields or {}), **key)
        pages[language] = add_page(page, (parents or {}).get(language) or home_of(language))
    return pages
