"""Request-wide rules: which Content-Security-Policy applies where, and who needs a second factor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicyMiddleware
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin


class ContentSecurityPolicyMiddleware(DjangoPolicyMiddleware):
    """Strict everywhere, relaxed below the Wagtail admin (SECURE_CSP_ADMIN says why)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_config = settings.SECURE_CSP_ADMIN
        return super().process_response(request, response)


class SecondFactorMiddleware(MiddlewareMixin):
    """Placeholder until core.accounts decides who needs a factor."""
