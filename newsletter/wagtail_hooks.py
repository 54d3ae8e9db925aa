"""Wires the newsletter into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.models import Page

from newsletter.backoffice import log_actions, panels
from newsletter.backoffice.issues import urls as issue_urls
from newsletter.backoffice.issues.base import back_from_frozen
from newsletter.backoffice.subscribers import urls as backoffice_urls
from newsletter.backoffice.subscribers.viewsets import NewsletterViewSetGroup
from newsletter.models import IssuePage


@hooks.register("register_admin_viewset")
def newsletter_viewsets() -> NewsletterViewSetGroup:
    """The menu and its listings."""
    return NewsletterViewSetGroup()


@hooks.register("register_admin_urls")
def newsletter_urls() -> list[URLResolver]:
    """Actions, lines of imports, growth, and the desk of an issue."""
    return [path("newsletter/", include(backoffice_urls)), path("newsletter/issues/", include(issue_urls))]


@hooks.register("construct_homepage_panels")
def newsletter_panel(request: HttpRequest, shown: list[Any]) -> None:
    """The dashboard."""
    panels.add_panel(request, shown)


@hooks.register("register_log_actions")
def newsletter_log_actions(actions: Any) -> None:
    """Our words in the history."""
    log_actions.register(actions)


@hooks.register("before_edit_page")
def leave_frozen_words(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What was checked and agreed to is what leaves: until then nobody edits it."""
    return back_from_frozen(request, page.issue) if isinstance(page, IssuePage) else None
