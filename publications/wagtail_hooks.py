"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks

from publications.backoffice import log_actions, panels
from publications.backoffice import urls as backoffice_urls
from publications.backoffice.viewsets import PublicationsViewSetGroup


@hooks.register("register_admin_viewset")
def publications_viewsets() -> PublicationsViewSetGroup:
    """The menu and its listings."""
    return PublicationsViewSetGroup()


@hooks.register("register_admin_urls")
def publications_urls() -> list[URLResolver]:
    """Actions and labels."""
    return [path("publications/", include(backoffice_urls))]


@hooks.register("construct_homepage_panels")
def publications_panel(request: HttpRequest, shown: list[Any]) -> None:
    """The dashboard."""
    panels.add_panel(request, shown)


@hooks.register("register_log_actions")
def publications_log_actions(actions: Any) -> None:
    """Our words in the history."""
    log_actions.register(actions)
