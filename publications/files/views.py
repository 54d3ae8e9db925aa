"""Serves files at stable URLs: the current version, an earlier one, a cover. The only public access to files."""

import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from core import clock
from core.files.storage import stream_of
from core.web.middleware import set_policy
from publications.enums import EditionStatus, FileState
from publications.files.downloads import count_download, counts
from publications.models import Edition, EditionFile

# One range, as PDF viewers ask for; anything else is answered with the whole file (RFC 9110 §14.2).
RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
# A PDF may neither load nor run anything; browsers still show it.
PDF_POLICY = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}
YEAR = 31_536_000


@require_safe
def download(request: HttpRequest, reference: str, name: str = "", version: int | None = None) -> HttpResponse:
    """The file of an edition; 410 with a notice for a withdrawn one, 404 for whatever is not public."""
    edition = Edition.objects.select_related("work", "current_file").filter(reference=reference).first()
    if edition is None:
        raise Http404
    if not Edition.objects.reachable().filter(pk=edition.pk).exists():
        return _gone_or_unknown(request, edition)
    file = edition.current_file if version is None else _version(edition, version)
    if file is None:
        raise Http404
    if file.state == FileState.WITHDRAWN:
        return _gone(request, edition, why=file.get_withdrawal_display())
    if name != edition.file_stem:
        return HttpResponseRedirect(edition.file_url(version))
    response = _answer(request, file)
    if response.status_code == 200 and counts(request):
        count_download(request, edition_id=edition.pk, day=clock.today(), now=clock.now())
    response["Link"] = f'<{request.build_absolute_uri(edition.file_url())}>; rel="canonical"'
    response["Content-Language"] = ", ".join(edition.languages)
    response["Content-Disposition"] = f'inline; filename="{edition.file_stem}.pdf"'
    return response


@require_safe
def cover(request: HttpRequest, reference: str, version: int) -> FileResponse:
    """The picture of the first page. A version never changes, so browsers keep it."""
    editions = Edition.objects.reachable().filter(reference=reference)
    file = EditionFile.objects.filter(edition__in=editions, number=version, state=FileState.READY).first()
    if file is None or not file.cover:
        raise Http404
    response = FileResponse(stream_of(file.cover), content_type="image/webp")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def _version(edition: Edition, number: int) -> EditionFile | None:
    return edition.files.filter(number=number, state__in=(FileState.READY, FileState.WITHDRAWN)).first()


def _gone_or_unknown(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A withdrawn edition says so; a draft, a private page and an unknown reference look alike."""
    is_withdrawn = edition.status == EditionStatus.WITHDRAWN or (edition.status == EditionStatus.PUBLISHED and edition.work.is_withdrawn)
    if not is_withdrawn or not Edition.objects.with_open_page().filter(pk=edition.pk).exists():
        raise Http404
    return _gone(request, edition, why=edition.work.get_withdrawal_display() or edition.get_withdrawal_display())


def _gone(request: HttpRequest, edition: Edition, *, why: str) -> HttpResponse:
    return TemplateResponse(request, "publications/withdrawn.html", {"edition": edition, "work": edition.work, "why": why}, status=410)


def _answer(request: HttpRequest, file: EditionFile) -> HttpResponse:
    etag, changed = f'"{file.sha256}"', http_date(file.uploaded_at.timestamp())
    known = parse_etags(request.headers.get("If-None-Match", ""))
    # A proxy that compresses weakens our etag; the file is the same all the same.
    if any(each.removeprefix("W/") in {etag, "*"} for each in known):
        return _with_headers(HttpResponseNotModified(), etag, changed)
    start, end = _range(request, file.size, etag)
    if start is None:
        return _with_headers(HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"}), etag, changed)
    is_part = (start, end) != (0, file.size - 1)
    content = stream_of(file.file, start=start, length=end - start + 1 if is_part else None)
    response: Any = FileResponse(content, content_type="application/pdf", status=206 if is_part else 200)
    response["Content-Length"] = end - start + 1
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    return _with_headers(response, etag, changed)


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int | None, int]:
    """First and last byte to send; (None, 0) for a range that lies outside the file."""
    whole = (0, size - 1)
    asked = RANGE.match(request.headers.get("Range", ""))
    if not asked or request.headers.get("If-Range", etag) != etag:
        return whole
    first, last = asked.groups()
    if not first and not last:
        return whole
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (None, 0)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size:
        return None, 0
    return (start, end) if start <= end else whole


def _with_headers(response: HttpResponse, etag: str, changed: str) -> HttpResponse:
    response["ETag"] = etag
    response["Last-Modified"] = changed
    response["Accept-Ranges"] = "bytes"
    # Asked again each time: a withdrawn file must not live on in caches.
    response["Cache-Control"] = "public, no-cache"
    set_policy(response, PDF_POLICY)
    return response
