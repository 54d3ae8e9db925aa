"""What the newsletter says of a year."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from newsletter.enums.issues import IssueStatus
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.figures import SOURCES
from newsletter.models import Issue, SubscriberTransition
from tests.core.figures.reading import counted, opens_what_it_counts, parts, scope_of
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import edition, item, section

IN_2026 = datetime.datetime(2026, 5, 12, 9, tzinfo=datetime.UTC)


def change(to: str, *, since: str = "", at: datetime.datetime = IN_2026, **fields: Any) -> None:
    SubscriberTransition.objects.create(from_status=since, to_status=to, at=at, language="fr", **fields)


def sent(*sections: tuple[str, Any], language: str = "fr", at: datetime.datetime = IN_2026) -> Issue:
    issue: Issue = IssueFactory(status=IssueStatus.SENT, started_at=at)
    edition(issue, language, body=list(sections))
    return issue


def test_readers_at_the_end_of_a_year_outlive_those_who_are_erased(db: None) -> None:
    SubscriberTransition.objects.all().delete()
    change(SubscriberStatus.SUBSCRIBED, since=SubscriberStatus.UNCONFIRMED, at=IN_2026 - datetime.timedelta(days=400))
    change(SubscriberStatus.SUBSCRIBED, since=SubscriberStatus.UNCONFIRMED, subscriber=SubscriberFactory())
    change(SubscriberStatus.UNSUBSCRIBED, since=SubscriberStatus.SUBSCRIBED)
    change(SubscriberStatus.SUBSCRIBED, since=SubscriberStatus.UNCONFIRMED)
    change(SubscriberStatus.SUBSCRIBED, since=SubscriberStatus.UNCONFIRMED, at=IN_2026 + datetime.timedelta(days=300))
    assert counted(SOURCES, "nl_subscribers").value == 2
    assert opens_what_it_counts(SOURCES) == []


def test_items_are_told_by_section_and_once_whatever_the_languages(db: None) -> None:
    news = section("smes", item(title="Une"), item(title="Deux"))
    issue = sent(news, section("press", item(title="Article")))
    edition(issue, "nl", body=[section("smes", item(title="Een"))])
    sent(news)
    sent(news, at=IN_2026 - datetime.timedelta(days=400))
    draft: Issue = IssueFactory(started_at=None)
    edition(draft, "fr", body=[news])
    assert parts(SOURCES, "nl_rubric") == {"smes": 4, "press": 1}
    assert counted(SOURCES, "nl_issues_year").value == 2
    assert opens_what_it_counts(SOURCES) == []


def test_a_dutch_issue_counts_where_there_is_no_french_one(db: None) -> None:
    sent(section("events", item(title="Studiedag")), language="nl")
    assert parts(SOURCES, "nl_rubric") == {"events": 1}


def test_the_newsletter_exists_since_its_first_issue(db: None) -> None:
    assert counted(SOURCES, "nl_since").value is None
    first = sent()
    Issue.objects.filter(pk=first.pk).update(month=datetime.date(2018, 9, 1))
    assert counted(SOURCES, "nl_since").value == 2018


def test_the_number_of_queries_does_not_depend_on_the_rows(db: None, django_assert_num_queries: Any) -> None:
    for _number in range(4):
        sent(section("smes", item(title="Une")), at=timezone.now().replace(year=2026))
    with django_assert_num_queries(4):
        SOURCES[0].read(scope_of(2026))


@pytest.mark.parametrize("key", ["nl_subscribers", "nl_issues_year", "nl_rubric"])
def test_rows_name_nobody(db: None, key: str) -> None:
    """An email address of a reader is no column of a figure."""
    definition = next(each for each in SOURCES[0].definitions if each.key == key)
    assert definition.rows is not None
    SubscriberFactory(email="someone@example.org")
    rows = definition.rows(scope_of(2026), "")
    assert "someone@example.org" not in str([[column.read(row) for column in rows.columns] for row in rows.queryset])
