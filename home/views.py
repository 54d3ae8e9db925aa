"""Search over all pages of the reader's language, and the redirect to the contact page."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from cartography.places.selectors import map_page, places_for
from core import clock
from core.browsing.suggestions import similar_texts
from core.languages import current_language
from core.pages.own_words import in_other_words
from core.text.safety import without_control_characters
from core.web.throttle import throttle
from home.models import ContactPage

PER_PAGE = 20
PLACES = 5
LONGEST = 100
# From one network in ten minutes; the form alone is free.
SEARCHES = 300


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of every type that match all words of `q`, best first. A malformed query finds nothing and is no error."""
    query = " ".join(without_control_characters(request.GET.get("q", "")).split())[:LONGEST]
    context: dict[str, Any] = {"query": query}
    if query:
        throttle(request, scope="search", limit=SEARCHES)
        searched = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2)
        searched = searched.exclude(pk__in=Page.objects.filter(in_other_words()).values("pk"))
        pages = searched.search(query, operator="and")
        context["results"] = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
        _name_sections(context["results"].object_list)
        places = places_for(query, language=current_language(), today=clock.today())
        context |= {"places": places[:PLACES], "place_count": len(places), "map_page": map_page(current_language()) if places else None}
        if not context["results"].paginator.count and not places:
            context["similar"] = similar_texts(query, searched.values_list("title", flat=True))
    return TemplateResponse(request, "home/search.html", context)


def _name_sections(results: Iterable[Page]) -> None:
    """Says on each result below which page it stands: a training, a publication and a piece of news may share a title. One query."""
    above = {page.path[: -Page.steplen] for page in results if page.depth > 3}
    titles = dict(Page.objects.filter(path__in=above).values_list("path", "title")) if above else {}
    for page in results:
        page.section = titles.get(page.path[: -Page.steplen], "")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Leads to the contact page of the language, wherever an editor put it. Apps and mails know this name only; the query goes along."""
    page = ContactPage.objects.live().filter(locale=Locale.get_active()).first()
    if page is None:
        raise Http404
    query = request.META["QUERY_STRING"]
    return redirect(f"{page.get_url(request)}?{query}" if query else page.get_url(request))
