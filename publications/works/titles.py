"""What works are called by their readers."""

from publications.models import PublicationPage, Work

FALLBACK = "fr"


def page_for_work(work: Work, language: str) -> PublicationPage | None:
    """The public page of a work in `language`, else in French; None when there is none. One query."""
    rows = PublicationPage.objects.open_to_all().filter(work=work, locale__language_code__in={language, FALLBACK}).select_related("locale")
    pages = {page.locale.language_code: page for page in rows.order_by("pk")}
    return pages.get(language) or pages.get(FALLBACK)
