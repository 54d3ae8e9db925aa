"""Wires the newsletter into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.urls import URLResolver, include, path
from wagtail import hooks

from newsletter.backoffice import issue_urls, log_actions
from newsletter.backoffice import urls as backoffice_urls
from newsletter.backoffice.viewsets import NewsletterViewSetGroup


@hooks.register("register_admin_viewset")
def newsletter_viewsets() -> NewsletterViewSetGroup:
    """The menu and its listings."""
    return NewsletterViewSetGroup()


@hooks.register("register_admin_urls")
def newsletter_urls() -> list[URLResolver]:
    """Actions, lines of imports, growth, and the desk of an issue."""
    return [path("newsletter/", include(backoffice_urls)), path("newsletter/issues/", include(issue_urls))]


@hooks.register("register_log_actions")
def newsletter_log_actions(actions: Any) -> None:
    """Our words in the history."""
    log_actions.register(actions)
