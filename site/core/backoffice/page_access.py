"""Hides Wagtail's page search and page reports from users who edit no pages: they would show titles of drafts."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy
from wagtail_localize.views.report import TranslationsReportView

# Wagtail's own reports on pages ask for one of these as well.
WORKING = ("add", "change", "publish")


def works_on_pages(user: Any) -> bool:
    """Whether the user may make or change a page anywhere."""
    return bool(page_permission_policy.user_has_any_permission(user, WORKING))


class PageReportMenuItem(MenuItem):
    """A report of ours on pages, in the menu of those who work on some."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_pages(request.user)


def report_urls() -> list[URLPattern]:
    """The report of wagtail-localize at its own addresses, which asks nothing of who opens it and names drafts. They must come first."""
    asked = {"permission_policy": page_permission_policy, "any_permission_required": WORKING}
    return [
        path("localize/reports/translations/", TranslationsReportView.as_view(**asked)),
        path("localize/reports/translations/results/", TranslationsReportView.as_view(results_only=True, **asked)),
    ]
