"""A worker that sends, in the process of the test, and what reached the mail server."""

from django.utils import timezone

from newsletter.models import Issue
from newsletter.sending import schedule
from newsletter.sending.sender import Sender
from tests.core.sink import Sink


def run(issue: Issue, seconds: float = 30) -> dict[str, int]:
    """As a worker: begins what is to leave now, and sends."""
    schedule.start_due_issues(now=timezone.now())
    Sender(issue.pk).run(seconds=seconds, rate=0)
    issue.refresh_from_db()
    return {status: count for status, count in issue.deliveries.counts().items() if count}


def to(sink: Sink) -> list[str]:
    return sorted(str(message["To"]) for message in sink.messages)
