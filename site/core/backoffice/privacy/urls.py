"""Where the screens of privacy stand in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail.admin.menu import MenuItem

from core.accounts.staff import LOOK_UP_PERSON
from core.backoffice.privacy.base import TITLE
from core.backoffice.privacy.person import EraseView, ExportView, ReadView
from core.backoffice.privacy.search import SearchView


class PrivacyMenuItem(MenuItem):
    """For who holds the right."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(LOOK_UP_PERSON))


def admin_urls() -> list[URLPattern | URLResolver]:
    """For `register_admin_urls`."""
    patterns = [
        path("", SearchView.as_view(), name="index"),
        path("person/", ReadView.as_view(), name="person"),
        path("person/export/", ExportView.as_view(), name="export"),
        path("person/erase/", EraseView.as_view(), name="erase"),
    ]
    return [path("privacy/", include((patterns, "core_privacy"), namespace="core_privacy"))]


def menu_item() -> MenuItem:
    """In the settings menu."""
    return PrivacyMenuItem(TITLE, reverse("core_privacy:index"), icon_name="user", order=890)
