"""Middleware: headers of every answer, which Content-Security-Policy applies where, which methods are known, and what is compressed."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicyMiddleware
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.csp import CSP

# Log-in and second factor: a shared computer keeps nothing of them. Wagtail says so of its own pages.
ACCOUNT = "/account/"


def set_policy(response: HttpResponse, policy: Mapping[str, object]) -> None:
    """Does for URL prefixes what Django's `csp_override` decorator does for one view."""
    if not hasattr(response, "_csp_config"):
        setattr(response, "_csp_config", policy)  # noqa: B010 (a private name of Django's, set as its decorator sets it)


class ContentSecurityPolicyMiddleware(DjangoPolicyMiddleware):
    """Strict everywhere, relaxed below the Wagtail admin (SECURE_CSP_ADMIN says why)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            set_policy(response, settings.SECURE_CSP_ADMIN)
        elif request.path.startswith(reverse("mfa_index")):
            # The QR code of an authenticator app is an inline picture.
            set_policy(response, settings.SECURE_CSP | {"img-src": [CSP.SELF, "data:"]})
        return super().process_response(request, response)


class HeadersMiddleware:
    """What no page of ours needs, no page may use (Permissions-Policy); and other sites may not load our answers as parts of theirs.

    Styles, scripts and pictures are the exception: a mail read in a browser shows our pictures.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.features = ", ".join(f"{feature}={allowed}" for feature, allowed in settings.PERMISSIONS_POLICY.items())
        self.shared = (settings.STATIC_URL, settings.MEDIA_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.features)
        shared = request.path.startswith(self.shared)
        if request.path.startswith(ACCOUNT):
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
        return response


class MethodMiddleware:
    """Refuses what no view of ours knows (TRACE, PROPFIND, a method somebody made up) before a view takes it for a GET."""

    METHODS = ("GET", "HEAD", "POST", "OPTIONS")
    METHODS_OF_THE_ADMIN = (*METHODS, "PUT", "PATCH", "DELETE")  # wagtail-localize saves segments with them

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = self.METHODS_OF_THE_ADMIN if request.path.startswith(reverse("wagtailadmin_home")) else self.METHODS
        return self.get_response(request) if request.method in known else HttpResponseNotAllowed(known)


class CompressionMiddleware(GZipMiddleware):
    """Compresses, but leaves alone what can be had in ranges: its length and its bytes are promised in the headers."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        if isinstance(response, HttpResponse):
            setattr(response, "uncompressed", response.content)  # noqa: B010 (what the page cache makes an ETag of)
        return super().process_response(request, response)
