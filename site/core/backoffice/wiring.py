"""The back-office of an app, wired into the Wagtail admin by one call of its `wagtail_hooks`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup

# Name of the action: what it is called in a filter, what the history says once it is done.
type LogActions = Mapping[str, tuple[Promise, Promise]]


class Panel(Component):
    """A panel of the dashboard, for those who have `permission`."""

    permission = ""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @classmethod
    def add_to(cls, request: HttpRequest, panels: list[Any]) -> None:
        """For `construct_homepage_panels`."""
        if request.user.has_perm(cls.permission):
            panels.append(cls(request))


def register_backoffice(
    *, menu: type[ViewSetGroup], urls: Sequence[URLPattern | URLResolver], panel: type[Panel], log_actions: LogActions
) -> None:
    """Menu with its listings, other addresses, panel of the dashboard, words of the history."""
    hooks.register("register_admin_viewset", menu)
    hooks.register("register_admin_urls", lambda: list(urls))
    hooks.register("construct_homepage_panels", panel.add_to)
    register_log_actions(log_actions)


def register_log_actions(log_actions: LogActions) -> None:
    """Entries carry a reference or a number, never the name of a person."""

    def register(registry: Any) -> None:
        for name, (label, message) in log_actions.items():
            registry.register_action(name, label, message)

    hooks.register("register_log_actions", register)
