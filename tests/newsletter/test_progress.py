"""How far a sending is: figures that add up, for each language, and an honest guess of the time that is left."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.issues.progress import progress_of
from newsletter.models import Delivery, FrozenEdition, Issue
from newsletter.sending.schedule import create_deliveries
from tests.newsletter.backoffice.pages import issue_page, officer
from tests.newsletter.issues import audience, issue_under_way

pytestmark = pytest.mark.django_db


def finish_or_reschedule(issue: Issue, status: DeliveryStatus, count: int, *, seconds_ago: int = 5, language: str = "fr") -> None:
    """So many of the mails that wait became this."""
    rows = issue.deliveries.waiting().filter(edition__language=language)[:count]
    moment = timezone.now() - datetime.timedelta(seconds=seconds_ago)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(status=status, done_at=moment)


def in_two_languages(french: int, dutch: int) -> Issue:
    issue = issue_under_way(french)
    edition = issue.editions.get()
    FrozenEdition.objects.create(
        issue=issue, language="nl", subject="x", html=edition.html, text="x", token_placeholder="y" * 22, frozen_at=edition.frozen_at
    )
    audience(dutch, "nl")
    create_deliveries(issue=issue, now=timezone.now())
    return issue


class TestFigures:
    def test_every_mail_stands_in_one_line_and_the_lines_add_up(self) -> None:
        issue = issue_under_way(10)
        for status in (DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED, DeliveryStatus.SUPPRESSED, DeliveryStatus.UNCERTAIN):
            finish_or_reschedule(issue, status, 2)
        progress = progress_of(issue, timezone.now())
        assert (progress.done, progress.total, progress.share, progress.accepted) == (8, 10, 80, 2)
        assert sum(line["value"] for line in progress.lines) == 10
        assert not progress.adds_up
        finish_or_reschedule(issue, DeliveryStatus.CANCELLED, 2)
        assert progress_of(issue, timezone.now()).adds_up

    def test_editions_stand_side_by_side(self) -> None:
        issue = in_two_languages(3, 2)
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, 3)
        finish_or_reschedule(issue, DeliveryStatus.REFUSED, 1, language="nl")
        progress = progress_of(issue, timezone.now())
        assert progress.languages == ["fr", "nl"]
        assert {line["status"]: line["by_language"] for line in progress.lines} == {
            "waiting": [0, 1],
            "claimed": [0, 0],
            "accepted": [3, 0],
            "refused": [0, 1],
        }

    def test_one_edition_needs_no_column_of_its_own(self) -> None:
        assert progress_of(issue_under_way(2), timezone.now()).languages == []

    def test_what_a_mail_passes_through_has_a_line_from_the_beginning(self) -> None:
        """So that the figures can move without the page being loaded anew."""
        issue = issue_under_way(2)
        assert [line["status"] for line in progress_of(issue, timezone.now()).lines] == ["waiting", "claimed", "accepted"]

    def test_an_issue_without_readers_divides_by_nothing(self) -> None:
        progress = progress_of(issue_under_way(0), timezone.now())
        assert (progress.share, progress.share_of("accepted"), progress.adds_up) == (0, 0, False)

    @pytest.mark.parametrize("count", [2, 60])
    def test_it_costs_the_same_for_few_and_many(self, count: int, django_assert_max_num_queries: Any) -> None:
        issue = issue_under_way(count)
        with django_assert_max_num_queries(3):
            _lines = progress_of(issue, timezone.now()).lines


class TestTimeLeft:
    @pytest.mark.parametrize(("accepted", "minutes"), [(30, 1), (10, 3)])
    def test_it_follows_the_speed_of_the_latest_minute(self, accepted: int, minutes: int) -> None:
        issue = issue_under_way(40)
        Issue.objects.filter(pk=issue.pk).update(started_at=timezone.now() - datetime.timedelta(minutes=5))
        issue.refresh_from_db()
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, accepted)
        assert progress_of(issue, timezone.now()).minutes_left == minutes

    def test_mails_of_an_hour_ago_tell_nothing_about_the_speed(self, settings: Any) -> None:
        settings.NEWSLETTER_RATE, settings.NEWSLETTER_SENDERS = 1, 1
        issue = issue_under_way(130)
        Issue.objects.filter(pk=issue.pk).update(started_at=timezone.now() - datetime.timedelta(hours=2))
        issue.refresh_from_db()
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, 10, seconds_ago=3600)
        assert progress_of(issue, timezone.now()).minutes_left == 2, "120 mails at one a second"

    @pytest.mark.parametrize("status", [IssueStatus.PAUSED, IssueStatus.SENT, IssueStatus.CANCELLED])
    def test_what_stands_still_promises_nothing(self, status: IssueStatus) -> None:
        issue = issue_under_way(4)
        issue.status = status
        assert progress_of(issue, timezone.now()).minutes_left is None


class TestWhatTheOfficerReads:
    def test_a_paused_issue_is_not_called_a_result(self) -> None:
        issue = issue_under_way(2)
        Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.PAUSED, pause_reason="535 Authentication failed")
        html = issue_page(officer(), issue)
        assert re.search(r'<h2 id="sending">\s*Paused\s*</h2>', html)
        assert "535 Authentication failed" in html
        assert "Go on" in html

    def test_each_way_of_not_getting_it_is_explained(self) -> None:
        issue = issue_under_way(3)
        finish_or_reschedule(issue, DeliveryStatus.REFUSED, 1)
        finish_or_reschedule(issue, DeliveryStatus.UNCERTAIN, 1)
        html = issue_page(officer(), issue)
        assert "its server does not take the mail" in html
        assert "Never sent again by itself" in html
        assert "Left, or was erased" not in html, "nobody did"

    def test_where_everybody_got_it_no_list_of_failures_is_offered(self) -> None:
        issue, client = issue_under_way(2), officer()
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, 2)
        Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.SENT)
        failures = reverse("newsletter_issue:failures", args=[issue.pk])
        html = issue_page(client, issue)
        assert "<b>2</b> of 2 mails accepted by the mail server" in html
        assert failures not in html
        Delivery.objects.filter(pk=issue.deliveries.first().pk).update(status=DeliveryStatus.REFUSED)
        assert failures in issue_page(client, issue)

    def test_the_script_gets_the_share_of_each_bar(self) -> None:
        issue = issue_under_way(4)
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, 1)
        answer = officer().get(reverse("newsletter_issue:progress", args=[issue.pk]))
        assert answer.json()["shares"] == {
            "waiting": 75,
            "claimed": 0,
            "accepted": 25,
            "refused": 0,
            "suppressed": 0,
            "uncertain": 0,
            "cancelled": 0,
        }
        assert "no-store" in answer["Cache-Control"]

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fr", "e-mails sur 2 acceptés par le serveur"), ("nl", "van 2 mails aanvaard"), ("en", "of 2 mails accepted")],
    )
    def test_in_the_language_of_the_officer(self, language: str, words: str) -> None:
        issue, client = issue_under_way(2), officer()
        finish_or_reschedule(issue, DeliveryStatus.ACCEPTED, 2)
        Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.SENT)
        with translation.override(language):
            answer = client.get(reverse("newsletter_issues:inspect", args=[issue.pk]), headers={"accept-language": language})
        assert words in answer.content.decode()
