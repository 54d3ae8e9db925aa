"""Where a mail provider tells us of bounces and complaints. django-anymail reads its dialect and checks its password."""

import base64
import logging
from typing import Any

from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger(__name__)

# Each of these proves itself by the password alone; others want keys of their own (docs/newsletter-subscribers.md).
PROVIDERS: dict[str, Any] = {
    "brevo": BrevoTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
}


@csrf_exempt
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Closed (404) until NEWSLETTER_WEBHOOK_SECRET is set; then open to whoever knows it."""
    view = PROVIDERS.get(provider)
    if view is None or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    if request.method == "POST" and not _has_a_readable_password(request):
        return HttpResponse(status=401)
    response: HttpResponse = view.as_view()(request)
    return response


def _has_a_readable_password(request: HttpRequest) -> bool:
    """Anymail answers 500 to a header of authorization that is no base64: that is the caller's fault, not ours."""
    kind, _blank, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return False
    try:
        return ":" in base64.b64decode(value, validate=True).decode()
    except ValueError:
        return False
