"""Wires the report into the Wagtail admin; nothing is decided here."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path
from wagtail import hooks

from core.backoffice.wiring import register_log_actions
from figures.backoffice import missing, urls
from figures.backoffice.approval.log_actions import LOG_ACTIONS
from figures.backoffice.panels import ReportPanel
from figures.backoffice.viewsets import ReportViewSetGroup

hooks.register("register_admin_viewset", ReportViewSetGroup)
hooks.register("register_admin_urls", lambda: [path("report/", include(urls)), *missing.URLS])
hooks.register("construct_homepage_panels", ReportPanel.add_to)
register_log_actions(LOG_ACTIONS)


@hooks.register("register_permissions")
def report_permissions() -> QuerySet[Permission]:
    """May be given to a group in its form."""
    return Permission.objects.filter(content_type__app_label="figures", codename__endswith="_report")
