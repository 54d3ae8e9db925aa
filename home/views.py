"""Search over all pages of the reader's language."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from core.protection.names import without_control_characters

PER_PAGE = 20
LONGEST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of every type that hold the words of `q`, best first. Never an error: a strange query finds nothing."""
    words = " ".join(without_control_characters(request.GET.get("q", "")).split())[:LONGEST]
    context: dict[str, Any] = {"query": words}
    if words:
        pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2).search(words, operator="and")
        context["results"] = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "home/search.html", context)
