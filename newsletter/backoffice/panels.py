"""The dashboard: each issue at work with what it waits for or what stopped it, and the latest one that left."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from newsletter.backoffice.issues.next_step import next_step
from newsletter.backoffice.issues.permissions import ADD_ISSUES, VIEW_ISSUES
from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue

SHOWN = 5


class NewsletterPanel(Component):
    """So that nobody has to open an issue to learn that it did not leave."""

    name = "newsletter"
    template_name = "newsletter/backoffice/panel.html"
    order = 55

    def __init__(self, request: HttpRequest) -> None:
        self.may_plan = request.user.has_perm(ADD_ISSUES)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "at_work": [
                {"issue": issue, "trouble": trouble_of(issue), "facts": facts_of(issue)} for issue in Issue.objects.at_work()[:SHOWN]
            ],
            "latest": Issue.objects.ever_sent().over().order_by("-number").first(),
            "may_plan": self.may_plan,
        }


def trouble_of(issue: Issue) -> str:
    """What stopped it, in a sentence; empty where nothing did."""
    if not issue.trouble:
        return ""
    if issue.status == IssueStatus.DRAFT:
        return _("It did not leave at its moment and is a draft again. %(reason)s") % {"reason": issue.trouble_label}
    return f"{_('Paused, because the mail server lets nothing through:')} {issue.trouble_label}"


def facts_of(issue: Issue) -> str:
    """`draft`, `It leaves on …`, `being sent`."""
    return next_step(issue, None) or str(issue.get_status_display())


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """For `construct_homepage_panels`: only for those who may see issues."""
    if request.user.has_perm(VIEW_ISSUES):
        panels.append(NewsletterPanel(request))
