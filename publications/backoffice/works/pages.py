"""The pages of a work, one a language: where each is written, for those who may."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.backoffice.page_access import works_on_pages
from publications.models import LibraryPage, PublicationPage, Work


@dataclass(frozen=True, slots=True)
class PageRow:
    """`url` is empty for who may not write pages, and for a translation that has nothing to start from."""

    language: str
    page: PublicationPage | None
    label: str
    url: str


def page_rows(work: Work, user: Any) -> list[PageRow]:
    """A row for each library: the French page first, then its translations."""
    pages = {page.locale_id: page for page in work.pages.select_related("locale")}
    source = next((page for page in pages.values() if page.locale.language_code == settings.LANGUAGE_CODE), None)
    may_write = works_on_pages(user)
    rows = []
    for library in LibraryPage.objects.select_related("locale").order_by("locale_id"):
        page = pages.get(library.locale_id)
        label, url = (page.title, reverse("wagtailadmin_pages:edit", args=[page.pk])) if page else _how_to_make(library, source)
        rows.append(PageRow(library.locale.language_name_local, page, label, url if may_write else ""))
    return rows


def _how_to_make(library: LibraryPage, source: PublicationPage | None) -> tuple[str, str]:
    if library.locale.language_code == settings.LANGUAGE_CODE:
        return _("Write this page"), reverse("wagtailadmin_pages:add", args=["publications", "publicationpage", library.pk])
    if source is None:
        return _("Translated from the French page, once there is one"), ""
    return _("Translate the French page"), reverse("wagtail_localize:submit_page_translation", args=[source.pk])
