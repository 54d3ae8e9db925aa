"""Pages of the local mailbox of demo and development; they do not exist on a public server."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from core.mail.mailbox import Letter, letter, letters

# A mail styles itself inline, shows pictures of this site and may open links, nothing else. What a link opens is a page like any other:
# without `escape` its forms would be dead.
LETTER_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}

View = Callable[..., HttpResponse]


def local_only(view: View) -> View:
    """404 anywhere but in the demo and in development."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEBUG or getattr(settings, "DEMO", False)):
            raise Http404
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return never_cache(require_safe(wrapped))


def find(name: str) -> Letter:
    found = letter(name)
    if found is None:
        raise Http404
    return found


@local_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, the latest first."""
    return TemplateResponse(request, "core/mailbox.html", {"letters": letters()})


@local_only
def mailbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text, its HTML in a frame, its attachments."""
    return TemplateResponse(request, "core/mailbox_letter.html", {"letter": find(name)})


@local_only
@xframe_options_sameorigin
@csp_override(LETTER_POLICY)
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, without scripts and without anything from outside."""
    return HttpResponse(find(name).html.replace("<head>", '<head><base target="_blank">', 1))


@local_only
def mailbox_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, to download."""
    attachments = find(name).attachments
    if number >= len(attachments):
        raise Http404
    part = attachments[number]
    content = part.get_payload(decode=True)
    answer = HttpResponse(content if isinstance(content, bytes) else b"", content_type=part.get_content_type())
    answer["Content-Disposition"] = content_disposition_header(True, part.get_filename() or "file") or "attachment"
    return answer
