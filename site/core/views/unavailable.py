"""The page for when the database, a file store or a disk is away. It asks nothing of them, and keeps what was typed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template import loader
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language_from_path

RETRY_AFTER_SECONDS = 60
# Never written into a page, not even for the person who typed them: passwords, and the codes of a second factor.
SECRET = ("password", "credential")
CODE = "code"


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503 with `Retry-After`, in the three languages, that of the URL first. A form that was sent can be sent again from it."""
    spoken = get_language_from_path(request.path_info)
    codes = [code for code, _name in settings.LANGUAGES]
    context = {
        "languages": sorted(codes, key=lambda code: code != spoken),
        "path": escape_leading_slashes(request.get_full_path()),
        "is_sent": request.method == "POST",
        "again": _typed(request),
    }
    response = HttpResponse(loader.get_template("errors/503.html").render(context), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form as they were sent; none where it cannot be sent again as it was: files and secrets are not kept.

    Only where Django has accepted the token of the form: no other site may make us show words of its choice.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        holds_files = bool(request.FILES)
    except (UnreadablePostError, OSError):
        return []
    names = {name.lower() for name, _value in fields}
    is_secret = CODE in names or any(word in name for name in names for word in SECRET)
    return [] if holds_files or is_secret else fields
