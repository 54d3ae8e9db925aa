"""Wires core into the Wagtail admin; nothing is decided here."""

from typing import Any

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


@hooks.register("register_log_actions")
def core_log_actions(actions: Any) -> None:
    """Our words in the history."""
    actions.register_action("core.requeue_mail", _("Send a failed mail again"), _("Sent the failed mail again"))
