"""The dashboard tells of the issues at work: what they wait for, and what stopped them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.enums.issues import IssueStatus, Refusal
from tests.html import text
from tests.newsletter.backoffice.pages import officer
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import issue_under_way

pytestmark = pytest.mark.django_db


def panel(*without: str) -> str:
    """The panel as words; empty for whom it is not shown."""
    html = officer(*without).get(reverse("wagtailadmin_home")).content.decode()
    return html.split("Issues at work")[1] if "Issues at work" in html else ""


def test_each_issue_at_work_says_what_it_waits_for() -> None:
    draft = IssueFactory()
    later = datetime.datetime(2043, 1, 2, 9, tzinfo=datetime.UTC)
    scheduled = IssueFactory(status=IssueStatus.SCHEDULED, send_at=later)
    under_way = issue_under_way(1)
    html = panel()
    for issue, words in ((draft, "draft"), (scheduled, "It leaves on Friday 2 January 2043 at 10.00."), (under_way, "being sent")):
        line = text(html, f"li:has(a[href*='/inspect/{issue.pk}/'])")
        assert str(issue) in line
        assert words in line


@pytest.mark.parametrize(
    ("status", "pause_reason", "text"),
    [
        (IssueStatus.DRAFT, Refusal.NOBODY, "It did not leave at its moment and is a draft again. Nobody would get it."),
        (IssueStatus.PAUSED, "535 5.7.8 no", "Paused, because mails do not get through: 535 5.7.8 no"),
    ],
)
def test_what_stopped_one_is_seen_without_opening_it(status: str, pause_reason: str, text: str) -> None:
    IssueFactory(status=status, pause_reason=pause_reason)
    assert f"<p>{text}</p>" in panel().split("help-critical")[1]


def test_the_latest_that_left_and_the_next_to_plan() -> None:
    for number in (6, 7):
        IssueFactory(number=number, status=IssueStatus.SENT, started_at=timezone.now())
    html = panel()
    assert "No. 7" in html
    assert "No. 6" not in html
    assert reverse("newsletter_issue:plan") in html


def test_it_is_for_those_who_may_see_issues() -> None:
    IssueFactory()
    assert panel("view_issue") == ""
    assert "No issue is at work." not in panel()
