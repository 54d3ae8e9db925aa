"""Variables available in every template."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`is_demo` marks demo servers, where the mailbox is public."""
    return {"is_demo": getattr(settings, "DEMO", False)}
