"""The life of an issue: the one door to a new status, and what follows from each."""

import datetime

from core.models import User
from core.transitions import TransitionNotAllowed, next_status, record_transition
from newsletter.enums.issues import ISSUE_TRANSITIONS, IssueStatus
from newsletter.models import Issue
from newsletter.signals import sending_begins


def lock_issue(issue_id: int, *at: IssueStatus) -> Issue:
    """The issue under a lock: first in every write about it. Raises Issue.DoesNotExist, and TransitionNotAllowed where it stands not `at`.

    Several steps lead to SENDING: the table alone would let the button of one do the work of another, past the second pair of eyes.
    """
    issue = Issue.objects.select_for_update(no_key=True).get(pk=issue_id)
    if at and issue.status not in at:
        raise TransitionNotAllowed(issue.status)
    return issue


def change_status(*, issue: Issue, to: str, now: datetime.datetime, by: User | None, reason: str = "") -> None:
    """The only way to a new status; saves the issue and leaves a dated row. The issue must be locked. Raises TransitionNotAllowed."""
    was, issue.status = issue.status, next_status(ISSUE_TRANSITIONS, issue.status, to)
    issue.save()
    record_transition(issue, was, now=now, by=by, reason=reason)
    if to == IssueStatus.SENDING:
        sending_begins.send(sender=Issue, issue_id=issue.pk)
