"""The page of an issue starts with what comes next, whatever the issue waits for."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from newsletter.models import Issue
from newsletter.preflight.run import override_finding
from newsletter.sending import schedule
from tests.core.factories import UserFactory
from tests.html import texts
from tests.newsletter.backoffice.pages import issue_page, officer
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import edition, green, issue_under_way

pytestmark = pytest.mark.django_db
LATER = datetime.datetime(2043, 1, 2, 9, tzinfo=datetime.UTC)


def first_words(issue: Issue) -> str:
    """What stands below the status; nothing where a part of the page says more."""
    return " ".join(texts(issue_page(officer(), issue), ".issue-admin__next"))


@pytest.fixture
def issue() -> Issue:
    SubscriberFactory()
    return IssueFactory()


def press_send(issue: Issue) -> None:
    schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), send_at=LATER)


def test_a_draft_says_what_it_lacks(issue: Issue) -> None:
    assert first_words(issue) == ""
    page = edition(issue, preheader="")
    assert first_words(issue) == "Read the preview, then run the checks."
    green(issue)
    assert first_words(issue) == "The checks found 1 thing to mend or to overrule."
    page.intro = "Autrement."
    page.save_revision()
    assert first_words(issue) == "The words changed since the checks ran: run them again."
    [key] = [settled.finding.key for settled in schedule.state_of(green(issue)).findings]
    override_finding(issue_id=issue.pk, key=key, reason="A quiet month.", now=timezone.now(), by=UserFactory())
    assert first_words(issue) == "It is ready: send a test, then send or schedule it."
    assert "Overruled: “A quiet month.”" in issue_page(officer(), issue)


@pytest.mark.parametrize(
    ("four_eyes", "words"),
    [
        (False, "It leaves on Friday 2 January 2043 at 10.00."),
        (True, "Somebody else than the person who pressed Send must agree. It leaves on Friday 2 January 2043 at 10.00."),
    ],
)
def test_one_that_waits_says_for_what(issue: Issue, settings: Any, four_eyes: bool, words: str) -> None:
    settings.NEWSLETTER_FOUR_EYES = four_eyes
    edition(issue)
    press_send(green(issue))
    assert first_words(issue) == words


def test_one_on_its_way_shows_figures_instead() -> None:
    assert first_words(issue_under_way(1)) == ""


PRIMARY = ".issue-admin a.button:not(.button-secondary, .no), .issue-admin button.button:not(.button-secondary, .no)"


def test_one_button_stands_out_at_each_step(issue: Issue, settings: Any) -> None:
    """Assemble, run the checks, send, agree: never two at once, and none behind a menu."""
    settings.NEWSLETTER_FOUR_EYES = True
    client = officer()
    assert texts(issue_page(client, issue), PRIMARY) == ["Assemble"]
    edition(issue)
    assert texts(issue_page(client, issue), PRIMARY) == ["Run the checks"]
    green(issue)
    assert texts(issue_page(client, issue), PRIMARY) == ["Send or schedule"]
    press_send(issue)
    assert texts(issue_page(client, issue), PRIMARY) == ["Agree to the sending"]
