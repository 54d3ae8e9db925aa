"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cartography.backoffice import panels
from cartography.backoffice import urls as backoffice_urls
from cartography.backoffice.places import bulk
from cartography.backoffice.viewsets import MapViewSetGroup


@hooks.register("register_admin_viewset")
def map_viewsets() -> MapViewSetGroup:
    """The menu and its listings."""
    return MapViewSetGroup()


@hooks.register("register_admin_urls")
def map_urls() -> list[URLResolver]:
    """Actions, figures, import."""
    return [path("map/", include(backoffice_urls))]


@hooks.register("construct_homepage_panels")
def map_panel(request: HttpRequest, shown: list[Any]) -> None:
    """The dashboard."""
    panels.add_panel(request, shown)


@hooks.register("register_log_actions")
def map_log_actions(actions: Any) -> None:
    """Our words in the history."""
    actions.register_action("cartography.decide", _("Decide on a message about the map"), _("Decided on the message"))


for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)
