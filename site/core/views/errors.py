"""Error pages: what happened, what is not lost, where to go on."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.response import TemplateResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without its token: nothing was saved, reload and send again."""
    return TemplateResponse(request, "errors/csrf.html", status=403).render()


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists, for others."""
    return TemplateResponse(request, "errors/403.html", status=403).render()


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the search form, filled with the words of the URL."""
    words = request.path.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")[:60]
    return TemplateResponse(request, "errors/404.html", {"words": words}, status=404).render()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the URL or the form cannot be read."""
    return TemplateResponse(request, "errors/400.html", status=400).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in the three languages and without any query: the database may be what failed."""
    return HttpResponse(loader.get_template("errors/500.html").render({}), status=500)
