"""The PDF of a year: made once for what it says, kept, and handed out from then on.

Its name is the digest of its words, its links and its layout: a publication, a changed label or a new layout gives a new
file, and nothing else does. A robot that asks a thousand times gets one file a thousand times.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.csp import CSP
from django.utils.http import content_disposition_header, quote_etag
from wagtail.models import Page

from core.files.pdf import render_pdf
from core.web.middleware import set_policy
from home.year.document import Data, year_document

if TYPE_CHECKING:
    from home.models.year import YearPage

TEMPLATE = "home/pdf/year"
HOUSE = "core/pdf/house"
FOLDER = "year"
# A PDF may neither load nor run anything; browsers still show it.
POLICY = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}


def answer_with_pdf(request: HttpRequest, page: "YearPage") -> HttpResponse:
    """The file, or 304 for who has it already. A request never waits for more than the one making of a file."""
    document = year_document(page)
    digest = _digest(document)
    answer = get_conditional_response(request, etag=quote_etag(digest))
    response: HttpResponse = answer if isinstance(answer, HttpResponseNotModified) else _file(page, document, digest)
    response["ETag"] = quote_etag(digest)
    # Asked again each time: next month's figures must not wait for a cache.
    response["Cache-Control"] = "public, no-cache"
    response["Content-Language"] = page.locale.language_code
    set_policy(response, POLICY)
    return response


def _file(page: "YearPage", document: Data, digest: str) -> HttpResponse:
    storage: Any = storages["private"]
    name = f"{FOLDER}/{page.pk}-{digest}.pdf"
    if not storage.exists(name):
        _make(page, document, name)
    response: HttpResponse = FileResponse(storage.stream(name), content_type="application/pdf")  # type: ignore[assignment]
    response["Content-Disposition"] = content_disposition_header(False, f"smes-{page.slug}.pdf") or ""
    return response


@transaction.atomic
def _make(page: "YearPage", document: Data, name: str) -> None:
    """Those who ask at the same moment wait for the first, and find its file."""
    Page.objects.select_for_update().get(pk=page.pk)
    storage: Any = storages["private"]
    if storage.exists(name):
        return
    storage.save_whole(name, render_pdf(TEMPLATE, document))
    for each in storage.listdir(FOLDER)[1]:
        if each.startswith(f"{page.pk}-") and each != Path(name).name:
            storage.delete(f"{FOLDER}/{each}")


def _digest(document: Data) -> str:
    templates = Path(settings.BASE_DIR) / "templates"
    layout = b"".join((templates / f"{name}.typ").read_bytes() for name in (TEMPLATE, HOUSE))
    words = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(layout + words).hexdigest()[:32]
