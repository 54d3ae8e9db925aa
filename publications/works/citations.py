"""Downloads citations as files for citation managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.languages import current_language
from publications.library.citation_formats import citation_of
from publications.library.citations import FORMATS
from publications.models import PublicationPage


@require_safe
def cite(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The citation of a work in the reader's language."""
    pages = PublicationPage.objects.open_to_all().filter(work__code=code, locale__language_code=current_language())
    page = pages.select_related("work__series", "locale").first()
    if page is None or extension not in FORMATS:
        raise Http404
    chosen = FORMATS[extension]
    citation = citation_of(
        page,
        editions=page.work.editions.known_to_readers().select_related("current_file"),
        authors=page.work.authors.select_related("organisation"),
        url=request.build_absolute_uri(page.get_url(request) or "/"),
    )
    headers = {"Content-Disposition": f'attachment; filename="{code}.{extension}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(chosen.write(citation), content_type=chosen.content_type, headers=headers)
