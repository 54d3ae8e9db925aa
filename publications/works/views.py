"""Finds a work by its code: a URL that never changes, whatever the page's slug."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.languages import current_language
from publications.models import Work
from publications.works.titles import page_for_work


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the page in the reader's language, else in French."""
    work = Work.objects.filter(code=code).first()
    page = page_for_work(work, current_language()) if work else None
    if page is None:
        raise Http404
    return redirect(page.get_url(request) or "/")
