"""`/media/…` where files are in an object store: what the web server reads from its disk elsewhere."""

import mimetypes
from hashlib import sha256

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

# Pictures as pages show them. Never `documents/` and `original_images/`: who may read a document is checked by its own view.
PUBLIC = ("images/", "avatar_images/")
YEAR = 31_536_000


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A stored picture never changes, its name is its own (MediaObjectStorage): browsers and proxies keep it."""
    if not path.startswith(PUBLIC) or ".." in path.split("/"):
        raise Http404
    etag = quote_etag(sha256(path.encode()).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = known if isinstance(known, HttpResponseNotModified) else _picture(path)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def _picture(path: str) -> FileResponse:
    try:
        content = default_storage.stream(path)  # type: ignore[attr-defined]
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
