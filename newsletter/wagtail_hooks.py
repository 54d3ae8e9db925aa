"""Wires the newsletter into the Wagtail admin; nothing is decided here."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import hooks
from wagtail.models import Page

from core.backoffice.wiring import register_backoffice
from newsletter.backoffice.issues import urls as issue_urls
from newsletter.backoffice.issues.base import back_from_frozen
from newsletter.backoffice.log_actions import LOG_ACTIONS
from newsletter.backoffice.panels import NewsletterPanel
from newsletter.backoffice.subscribers import urls
from newsletter.backoffice.subscribers.viewsets import NewsletterViewSetGroup
from newsletter.models import IssuePage

register_backoffice(
    menu=NewsletterViewSetGroup,
    urls=[path("newsletter/", include(urls)), path("newsletter/issues/", include(issue_urls))],
    panel=NewsletterPanel,
    log_actions=LOG_ACTIONS,
)


@hooks.register("before_edit_page")
def refuse_frozen_edition(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Frozen editions are not edited: what was checked and approved is what is sent."""
    return back_from_frozen(request, page.issue) if isinstance(page, IssuePage) else None
