"""Wires core into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.backoffice.group_policy import GroupPolicyForm
from core.backoffice.site_texts import SiteTextsViewSet
from core.viewsets import MailViewSet

register_snippet(SiteTextsViewSet)


@hooks.register("register_admin_viewset")
def mail_viewset() -> MailViewSet:
    """The menu item 'Mails'."""
    return MailViewSet()


@hooks.register("register_group_permission_panel")
def group_policy_panel() -> type[GroupPolicyForm]:
    """Below the permissions of a group."""
    return GroupPolicyForm


@hooks.register("register_permissions")
def follow_up_permission() -> QuerySet[Permission]:
    """May be given to a group in its form."""
    return Permission.objects.filter(content_type__app_label="core", codename="read_follow_up_notes")


@hooks.register("insert_global_admin_css")
def admin_theme() -> str:
    """Wagtail's admin in the colours of the house."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-theme.css"))


@hooks.register("register_log_actions")
def core_log_actions(actions: Any) -> None:
    """Our words in the history."""
    actions.register_action("core.requeue_mail", _("Send a failed mail again"), _("Sent the failed mail again"))
