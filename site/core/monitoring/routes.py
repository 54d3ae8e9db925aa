"""What a request was for, in the words of the code: a route has a name, and a secret link's path is never written down."""

from typing import Any

UNKNOWN = "unmatched"


def route_of(request: Any) -> str:
    """`page:ModulePage`, `trainings:enrol`, `static`; `unmatched` where no route fits. Of few values, whatever strangers ask for."""
    wagtail = getattr(request, "_wagtail_route_for_request", None)
    if wagtail is not None and getattr(wagtail, "page", None) is not None:
        return f"page:{type(wagtail.page).__name__}"
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "static" if str(getattr(request, "path", "")).startswith("/static/") else UNKNOWN
    return str(match.view_name or match.route or UNKNOWN)
