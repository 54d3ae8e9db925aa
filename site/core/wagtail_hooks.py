"""Wires core into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.viewsets import MailViewSet


@hooks.register("register_admin_viewset")
def mail_viewset() -> MailViewSet:
    """The menu item 'Mails'."""
    return MailViewSet()


@hooks.register("insert_global_admin_css")
def admin_theme() -> str:
    """Wagtail's admin in the colours of the house."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-theme.css"))


@hooks.register("register_log_actions")
def core_log_actions(actions: Any) -> None:
    """Our words in the history."""
    actions.register_action("core.requeue_mail", _("Send a failed mail again"), _("Sent the failed mail again"))
