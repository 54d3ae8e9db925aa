"""`/catalogue-2027.pdf`: the catalogue of a year, as it was frozen."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.files.storage import stream_of
from core.languages import current_language
from core.web.middleware import set_policy
from trainings.models import CatalogueEdition

# A PDF may neither load nor run anything; browsers still show it.
POLICY = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}


@require_safe
def catalogue_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The file in the language of the URL."""
    edition = get_object_or_404(CatalogueEdition, catalogue__year=year, language=current_language())
    try:
        content = stream_of(edition.file)
    except FileNotFoundError as error:
        raise Http404("The file is gone.") from error
    response: HttpResponse = FileResponse(content, content_type="application/pdf")  # type: ignore[assignment]
    # Translators: the name of a file, without spaces and accents.
    name = _("smes-catalogue-%(year)s.pdf") % {"year": year}
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    # A day: frozen is frozen, but a wrong one may be withdrawn.
    response["Cache-Control"] = "public, max-age=86400"
    response["Content-Language"] = edition.language
    set_policy(response, POLICY)
    return response
