"""What our pages and our sign-up are compared with: the least that could do the same work on the same stack.

- a bare Wagtail page: one template, Wagtail's own routing and context, our middleware;
- a bare sign-up: one form field, a row lock, a count, an insert. No page, no token, no mail, no limits, no history.
"""

from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import Page

from trainings.models import Enrolment, Participant, Session

TEMPLATE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>'
    "<body><main><h1>{{ page.title }}</h1><p>{{ page.intro }}</p></main></body></html>"
)


def serve_bare(page: Page, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Takes the place of a page's own `serve`."""
    return TemplateResponse(request, engines["django"].from_string(TEMPLATE), Page.get_context(page, request))


@csrf_exempt
@transaction.atomic
def sign_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Locks, counts, inserts."""
    session = Session.objects.select_for_update().get(reference=reference)
    taken = session.enrolments.filter(status="confirmed").count()
    participant = Participant.objects.create(email=request.POST["email"], name="x")
    status = "confirmed" if taken < session.capacity else "waiting"
    now = timezone.now()
    queued = None if status == "confirmed" else now
    Enrolment.objects.create(
        session=session, participant=participant, status=status, name="x", language="fr", created_at=now, queued_at=queued
    )
    return HttpResponse(status)


urlpatterns = [
    path("bare/<str:reference>/", sign_up),
    path("admin/", include(wagtailadmin_urls)),  # our middleware asks for their names
    path("account/", include("allauth.urls")),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=True),
]
