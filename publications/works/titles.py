"""The public page of a work in the reader's language."""

from core.pages.in_language import page_in_language
from publications.models import PublicationPage, Work


def page_for_work(work: Work, language: str) -> PublicationPage | None:
    """The public page of a work in `language`, else in French; None when there is none. One query."""
    return page_in_language(PublicationPage.objects.open_to_all().filter(work=work), language)
