"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks

from trainings.backoffice import log_actions, panels
from trainings.backoffice import urls as backoffice_urls
from trainings.backoffice.viewsets import TrainingsViewSetGroup


@hooks.register("register_admin_viewset")
def trainings_viewsets() -> TrainingsViewSetGroup:
    """The menu and its listings."""
    return TrainingsViewSetGroup()


@hooks.register("register_admin_urls")
def trainings_urls() -> list[URLResolver]:
    """Actions, roll call, papers."""
    return [path("trainings/", include(backoffice_urls))]


@hooks.register("construct_homepage_panels")
def trainings_panel(request: HttpRequest, shown: list[Any]) -> None:
    """The dashboard."""
    panels.add_panel(request, shown)


@hooks.register("register_log_actions")
def trainings_log_actions(actions: Any) -> None:
    """Our words in the history."""
    log_actions.register(actions)
