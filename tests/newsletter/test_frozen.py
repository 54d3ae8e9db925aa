"""Between Send and the first mail: everybody sees the words that were frozen, and learns what the site says otherwise since."""

from typing import Any

import pytest
from django.utils import timezone

from home.models import NewsPage
from newsletter.models import Issue, IssuePage, Preflight
from newsletter.sending import schedule
from newsletter.sending.sender import Sender
from tests.newsletter.backoffice.pages import issue_page, officer, url
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import edition, green, item, news_page, section, training
from tests.trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db
CHANGED = "has changed on the site since its words were frozen"
NOW = {"missing_edition": "nothing", "send_at": ""}


@pytest.fixture
def issue(settings: Any) -> Issue:
    """One that tells of a page of the site and waits for the second pair of eyes."""
    settings.NEWSLETTER_FOUR_EYES = True
    issue = IssueFactory()
    edition(issue, body=[section("smes", item(page=news_page(title="Comme vérifié")))])
    SubscriberFactory()
    officer().post(url("send", green(issue)), NOW)
    return issue


def correct_the_page() -> None:
    page = NewsPage.objects.get()
    page.title = "Corrigé depuis"
    page.save_revision().publish()


def shown(issue: Issue, mode: str = "text") -> str:
    return officer().get(url("mail", issue, "fr", mode)).content.decode()


@pytest.mark.parametrize("mode", ["mail", "dark", "text"])
def test_the_second_person_sees_what_she_agrees_to(issue: Issue, mode: str) -> None:
    correct_the_page()
    assert "Comme vérifié" in shown(issue, mode)
    assert "Corrigé depuis" not in shown(issue, mode)
    assert issue.editions.get().token_placeholder not in shown(issue, mode)


def test_a_test_mail_has_the_frozen_words_too(issue: Issue, mailoutbox: list[Any]) -> None:
    correct_the_page()
    officer().post(url("test", issue), {"languages": ["fr"], "recipients": "a@example.org"})
    [mail] = mailoutbox
    assert "Comme vérifié" in mail.message().get_body(("plain",)).get_content()


def test_what_was_sent_can_be_read_afterwards(issue: Issue) -> None:
    officer().post(url("approve", issue))
    schedule.start_due_issues(now=timezone.now())
    Sender(issue.pk).run(seconds=5, rate=0)
    correct_the_page()
    assert "Comme vérifié" in shown(issue)


def test_a_draft_shows_the_site_as_it_is(issue: Issue) -> None:
    officer().post(url("unschedule", issue))
    correct_the_page()
    assert "Corrigé depuis" in shown(issue)


def test_the_issue_and_the_send_page_say_that_the_site_changed_since(issue: Issue) -> None:
    for html in (issue_page(officer(), issue), officer().get(url("approve", issue)).content.decode()):
        assert CHANGED not in html
    assert "The words are frozen as they were checked." in issue_page(officer(), issue)
    correct_the_page()
    for html in (issue_page(officer(), issue), officer().get(url("approve", issue)).content.decode()):
        assert CHANGED in html


def test_a_training_cancelled_since_is_among_it(settings: Any) -> None:
    issue, session = IssueFactory(), SessionFactory()
    edition(issue, body=[section("trainings", training(session))])
    SubscriberFactory()
    client = officer()
    client.post(url("send", green(issue)), NOW | {"send_at": "2043-01-02 10:00"})
    assert CHANGED not in issue_page(client, issue)
    type(session).objects.filter(pk=session.pk).update(status="cancelled")
    assert CHANGED in issue_page(client, issue)


def test_frozen_words_are_not_checked_anew(issue: Issue) -> None:
    """A run would be about other words than those that leave, and would say that nothing changed."""
    client = officer()
    assert "Run the checks" not in issue_page(client, issue)
    correct_the_page()
    answer = client.post(url("run_checks", issue), follow=True)
    assert "Press “Back to a draft” first" in answer.content.decode()
    assert Preflight.objects.count() == 1
    assert IssuePage.objects.get().issue.status == "awaiting"
