"""What a mail server answers while we send goes through the same verdict."""

import pytest

from core.models import OutgoingMail
from newsletter.enums.issues import IssueStatus
from newsletter.models import Bounce, Issue, Subscriber
from newsletter.sending.sender import MOST_REFUSALS_IN_A_ROW
from tests.core.sink import Sink
from tests.newsletter.issues import issue_under_way
from tests.newsletter.worker import run
from tests.trainings.backoffice.conftest import member

pytestmark = pytest.mark.django_db

ABOUT_US = (
    "550 5.1.1 Sender verify failed",
    "550 5.1.8 Sender address rejected",
    "550 5.7.26 DMARC check failed",
    "550 5.1.1 Refused: listed at zen.spamhaus.org",
    "554 5.7.1 Relay access denied",
    "550 Denied by policy",
    "550 No",
)


@pytest.mark.parametrize("answer", ABOUT_US)
def test_an_answer_about_us_costs_no_reader_and_pauses_the_issue(sink: Sink, answer: str) -> None:
    officer = member("Communication officer")
    issue = issue_under_way(30)
    sink.recipient_answers = [answer] * 30
    run(issue)
    assert issue.status == IssueStatus.PAUSED
    assert Subscriber.objects.subscribed().count() == 30
    assert Bounce.objects.filter(kind__in=("trouble", "soft")).count() == MOST_REFUSALS_IN_A_ROW, "the officer sees each with its verdict"
    assert OutgoingMail.objects.get().to == officer.email


def test_scattered_among_others_it_pauses_too(sink: Sink) -> None:
    """No eight in a row: one server in three refuses us."""
    issue = issue_under_way(90)
    sink.recipient_answers = ["250 ok", "250 ok", "550 5.7.26 DMARC check failed"] * 30
    run(issue)
    assert issue.status == IssueStatus.PAUSED
    assert Subscriber.objects.subscribed().count() == 90


def test_what_is_said_of_a_mailbox_after_the_content_counts_as_well(sink: Sink) -> None:
    issue = issue_under_way(3)
    sink.data_answers = ["550 5.1.10 RESOLVER.ADR.RecipientNotFound"]
    assert run(issue) == {"accepted": 2, "refused": 1}
    assert Subscriber.objects.subscribed().count() == 2
    assert Issue.objects.get().status == IssueStatus.SENT
