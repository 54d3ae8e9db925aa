"""The life of an issue: the one door to a new status, and what follows from each."""

import datetime

from core.models import User
from newsletter.enums.issues import ISSUE_TRANSITIONS, IssueStatus
from newsletter.models import Issue, IssueTransition
from newsletter.signals import sending_begins


class TransitionNotAllowed(Exception):
    """From where the issue stands there is no such step: somebody else, or the worker, was quicker."""


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
    if to not in ISSUE_TRANSITIONS[issue.status]:
        raise TransitionNotAllowed(f"{issue.status} → {to}")
    IssueTransition.objects.create(issue=issue, from_status=issue.status, to_status=to, at=now, by=by, reason=reason[:300])
    issue.status = to
    issue.save()
    if to == IssueStatus.SENDING:
        sending_begins.send(sender=Issue, issue_id=issue.pk)
