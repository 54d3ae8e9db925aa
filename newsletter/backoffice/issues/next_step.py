"""What comes next for an issue that was not sent yet, in a sentence at the top of its page."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text.dates import DAY_OF_WEEK, HOUR, written
from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue
from newsletter.preflight.state import State


def next_step(issue: Issue, state: State | None) -> str:
    """Empty where the page starts with something more informative: no edition yet, an issue being sent, a result."""
    if issue.status == IssueStatus.AWAITING:
        then = _("Somebody else than the person who pressed Send must agree.")
        return f"{then} {leaves_on(issue.send_at)}" if issue.send_at else then
    if issue.status == IssueStatus.SCHEDULED and issue.send_at:
        return leaves_on(issue.send_at)
    return _of_a_draft(state) if issue.status == IssueStatus.DRAFT and state else ""


def leaves_on(send_at: datetime.datetime) -> str:
    """`It leaves on Friday 2 January 2099 at 10.00.`"""
    return _("It leaves on %(day)s at %(hour)s.") % {"day": written(send_at, DAY_OF_WEEK), "hour": written(send_at, HOUR)}


def _of_a_draft(state: State) -> str:
    if not state.findings and not state.is_current:
        return _("Read the preview, then run the checks.")
    if not state.is_current:
        return _("The words changed since the checks ran: run them again.")
    if state.is_green:
        return _("It is ready: send a test, then send or schedule it.")
    text = ngettext(
        "The checks found %(count)s thing to mend or to overrule.",
        "The checks found %(count)s things to mend or to overrule.",
        state.open_count,
    )
    return text % {"count": state.open_count}
