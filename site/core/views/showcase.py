"""The showcase: every component and block with its options, on one page."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def showcase(request: HttpRequest) -> HttpResponse:
    """Open to everyone on a developer's machine and on a demo server, to staff elsewhere."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False) or request.user.is_staff):
        raise PermissionDenied
    return render(request, "core/showcase.html", {})
