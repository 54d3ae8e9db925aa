"""The dashboard: each issue at work with what it waits for or what stopped it, and the latest one that left."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.backoffice.wiring import Panel
from newsletter.backoffice.issues.next_step import next_step
from newsletter.backoffice.issues.permissions import ADD_ISSUES, VIEW_ISSUES
from newsletter.backoffice.subscribers.permissions import VIEW_REPLIES
from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue, Reply

SHOWN = 5


class NewsletterPanel(Panel):
    """Shows on the dashboard, among others, that an issue was not sent."""

    name = "newsletter"
    template_name = "newsletter/backoffice/panel.html"
    order = 55
    permission = VIEW_ISSUES

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "at_work": [
                {"issue": issue, "pause_reason": pause_reason_of(issue), "facts": facts_of(issue)}
                for issue in Issue.objects.at_work()[:SHOWN]
            ],
            "latest": Issue.objects.ever_sent().over().order_by("-number").first(),
            "may_plan": self.request.user.has_perm(ADD_ISSUES),
            "replies": Reply.objects.unread().count() if self.request.user.has_perm(VIEW_REPLIES) else 0,
        }


def pause_reason_of(issue: Issue) -> str:
    """What stopped it, in a sentence; else empty."""
    if not issue.pause_reason:
        return ""
    if issue.status == IssueStatus.DRAFT:
        return _("It did not leave at its moment and is a draft again. %(reason)s") % {"reason": issue.pause_reason_label}
    return f"{_('Paused, because mails do not get through:')} {issue.pause_reason_label}"


def facts_of(issue: Issue) -> str:
    """`draft`, `It leaves on …`, `being sent`."""
    return next_step(issue, None) or str(issue.get_status_display())
