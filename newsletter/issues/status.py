"""The only function that changes an issue's status, with its side effects."""

import datetime

from core.lifecycle.transitions import TransitionNotAllowed, next_status, record_transition
from core.models import User
from newsletter.enums.issues import ISSUE_TRANSITIONS, IssueStatus
from newsletter.models import Issue
from newsletter.signals import sending_begins


def lock_issue(issue_id: int, *at: IssueStatus) -> Issue:
    """Locks the issue; the first step of every write. Raises Issue.DoesNotExist, and TransitionNotAllowed if its status is not one of `at`.

    `at` is needed because several transitions lead to SENDING: the table alone would let one button do the work of another and bypass
    the second person's approval.
    """
    issue = Issue.objects.select_for_update(no_key=True).get(pk=issue_id)
    if at and issue.status not in at:
        raise TransitionNotAllowed(issue.status)
    return issue


def change_status(*, issue: Issue, to: str, now: datetime.datetime, by: User | None, reason: str = "") -> None:
    """Changes the status, saves the issue and records the transition. The issue must be locked. Raises TransitionNotAllowed."""
    was, issue.status = issue.status, next_status(ISSUE_TRANSITIONS, issue.status, to)
    issue.save()
    record_transition(issue, was, now=now, by=by, reason=reason)
    if to == IssueStatus.SENDING:
        sending_begins.send(sender=Issue, issue_id=issue.pk)
