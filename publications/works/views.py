"""A work by its code: an address that never changes, whatever its page is called."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from publications.models import Work
from publications.works.titles import page_for_work


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the page in the reader's language, else in French."""
    work = Work.objects.filter(code=code).first()
    page = page_for_work(work, get_language() or "fr") if work else None
    if page is None:
        raise Http404
    return redirect(page.get_url(request) or "/")
