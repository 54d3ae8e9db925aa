"""Who may do what with an issue: each door asks for its own right, looking never acts, and nobody gets in by the side."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsletter.enums.issues import OPEN, IssueStatus
from newsletter.models import Issue
from newsletter.sending import schedule
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way
from tests.newsletter.test_desk import officer
from tests.trainings.factories import UserFactory

pytestmark = pytest.mark.django_db
# Door: the right it asks for, and what stands in its address besides the issue.
DOORS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "assemble": ("change_issue", ()),
    "preview": ("view_issue", ("fr",)),
    "mail": ("view_issue", ("fr", "mail")),
    "override": ("send_issue", ("x",)),
    "test": ("change_issue", ()),
    "send": ("send_issue", ()),
    "approve": ("send_issue", ()),
    "unschedule": ("send_issue", ()),
    "pause": ("send_issue", ()),
    "resume": ("send_issue", ()),
    "stop": ("send_issue", ()),
    "send_to_missed": ("send_issue", ()),
    "progress": ("view_issue", ()),
    "failures": ("export_subscriber", ()),
    "social": ("view_issue", ()),
    "picture": ("view_issue", ("fr", 0)),
}


def door(name: str, issue: Issue) -> str:
    return reverse(f"newsletter_issue:{name}", args=[issue.pk, *DOORS[name][1]])


@pytest.fixture
def issue() -> Issue:
    issue = IssueFactory()
    edition(issue)
    audience(3)
    return issue


def is_turned_away(answer: Any) -> bool:
    """Wagtail sends whoever may not to the first page of the admin."""
    return answer.status_code == 403 or answer["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("name", DOORS)
def test_without_its_right_a_door_stays_shut_both_ways(issue: Issue, name: str) -> None:
    client = officer(DOORS[name][0])
    assert is_turned_away(client.get(door(name, issue)))
    assert is_turned_away(client.post(door(name, issue)))
    assert Issue.objects.get().status == IssueStatus.DRAFT


@pytest.mark.parametrize("name", [name for name in DOORS if name != "override"])
def test_with_it_the_door_opens_and_looking_changes_nothing(issue: Issue, name: str) -> None:
    assert officer().get(door(name, issue)).status_code == 200
    assert Issue.objects.get().status == IssueStatus.DRAFT
    assert not issue.transitions.exists()


@pytest.mark.parametrize("name", ["plan", "run_checks"])
def test_planning_and_checking_ask_for_a_right_too(issue: Issue, name: str) -> None:
    right, args = {"plan": ("add_issue", ()), "run_checks": ("change_issue", (issue.pk,))}[name]
    address = reverse(f"newsletter_issue:{name}", args=args)
    assert is_turned_away(officer(right).post(address))
    assert Issue.objects.count() == 1
    assert not issue.preflights.exists()


def test_checks_are_never_run_by_looking(issue: Issue) -> None:
    assert officer().get(reverse("newsletter_issue:run_checks", args=[issue.pk])).status_code == 405
    assert not issue.preflights.exists()


@pytest.mark.parametrize("name", DOORS)
def test_a_stranger_is_asked_to_log_in(issue: Issue, name: str) -> None:
    answer = Client().post(door(name, issue))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


class TestFourEyes:
    @pytest.fixture(autouse=True)
    def _two_people(self, settings: Any) -> None:
        settings.NEWSLETTER_FOUR_EYES = True

    def test_pressing_send_asks_a_second_person(self, issue: Issue) -> None:
        first, second = officer(), officer()
        answer = first.post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": ""}, follow=True)
        html = answer.content.decode()
        assert "A second person must now agree." in html
        assert "waiting for a second person" in html
        assert not issue.deliveries.exists()

        refused = first.post(door("approve", issue)).content.decode()
        assert "Somebody else than the person who pressed Send must agree." in refused
        assert Issue.objects.get().status == IssueStatus.AWAITING

        assert "It goes to 3 people." in second.get(door("approve", issue)).content.decode()
        second.post(door("approve", issue))
        assert Issue.objects.get().status == IssueStatus.SCHEDULED
        schedule.start_due_issues(now=timezone.now())
        assert Issue.objects.get().status == IssueStatus.SENDING
        assert issue.deliveries.count() == 3

    def test_when_everybody_left_meanwhile_the_second_person_learns_it(self, issue: Issue) -> None:
        officer().post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        SubscriberFactory._meta.model.objects.all().delete()
        assert "Nobody would get it." in officer().post(door("approve", issue)).content.decode()
        assert Issue.objects.get().status == IssueStatus.AWAITING

    def test_the_moment_that_was_chosen_is_kept_and_shown(self, issue: Issue) -> None:
        officer().post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": "2099-01-02 10:00"})
        second = officer()
        assert "It leaves on Friday 2 January 2099 at 10:00." in second.get(door("approve", issue)).content.decode()
        second.post(door("approve", issue))
        assert Issue.objects.get().status == IssueStatus.SCHEDULED

    def test_the_second_person_may_send_it_back(self, issue: Issue) -> None:
        officer().post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        officer().post(door("unschedule", issue))
        assert Issue.objects.get().status == IssueStatus.DRAFT
        assert not issue.editions.exists()

    def test_who_may_not_send_is_no_second_pair_of_eyes(self, issue: Issue) -> None:
        officer().post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        assert is_turned_away(officer("send_issue").post(door("approve", issue)))
        assert Issue.objects.get().status == IssueStatus.AWAITING

    def test_nothing_to_agree_to_is_said_kindly(self, issue: Issue) -> None:
        assert "was quicker" in officer().post(door("approve", issue)).content.decode()


# From where each button may move an issue.
PLACES = {
    "send": {IssueStatus.DRAFT},
    "approve": {IssueStatus.AWAITING},
    "resume": {IssueStatus.PAUSED},
    "send_to_missed": {IssueStatus.SENT, IssueStatus.CANCELLED},
    "pause": {IssueStatus.SENDING},
    "stop": {IssueStatus.SENDING, IssueStatus.PAUSED},
    "unschedule": {IssueStatus.AWAITING, IssueStatus.SCHEDULED},
}


class TestNoButtonDoesTheWorkOfAnother:
    """Agreeing, going on and sending to those who were missed all lead to a sending: each only from its own status."""

    @pytest.mark.parametrize("status", IssueStatus.values)
    @pytest.mark.parametrize("name", PLACES)
    def test_it_moves_nothing_from_elsewhere(self, name: str, status: str) -> None:
        issue = issue_under_way(2)
        issue.editions.update(revision=edition(issue).latest_revision)
        green(issue)
        Issue.objects.filter(pk=issue.pk).update(status=status, send_at=timezone.now())
        if status in OPEN:
            issue.deliveries.all().delete()
        if status in {IssueStatus.SENT, IssueStatus.CANCELLED}:
            issue.deliveries.update(status="cancelled")
        data = {"missing_edition": "nothing", "send_at": "", "reason": "x"}
        html = officer().post(door(name, issue), data, follow=True).content.decode()
        moved = Issue.objects.get().status != status
        assert moved == (status in PLACES[name])
        assert moved != ("was quicker" in html)

    def test_the_second_pair_of_eyes_cannot_be_passed_by(self, issue: Issue, settings: Any) -> None:
        settings.NEWSLETTER_FOUR_EYES = True
        alone = officer()
        alone.post(door("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        for name in ("approve", "resume", "send_to_missed"):
            alone.post(door(name, issue))
        assert Issue.objects.get().status == IssueStatus.AWAITING
        assert not issue.deliveries.exists()


class TestTheLastPage:
    def test_a_moment_that_is_over_is_refused_and_what_was_typed_stays(self, issue: Issue) -> None:
        html = officer().post(door("send", green(issue)), {"missing_edition": "french", "send_at": "2020-01-02 10:00"}).content.decode()
        assert "That moment is over." in html
        assert "2020-01-02 10:00" in html
        assert Issue.objects.get().status == IssueStatus.DRAFT

    def test_a_rule_nobody_knows_is_refused(self, issue: Issue) -> None:
        officer().post(door("send", green(issue)), {"missing_edition": "everybody", "send_at": ""})
        assert Issue.objects.get().status == IssueStatus.DRAFT

    def test_words_changed_since_the_checks_stop_it(self, issue: Issue) -> None:
        page = issue.pages.get()
        green(issue)
        page.intro = "Autre chose."
        page.save_revision()
        html = officer().post(door("send", issue), {"missing_edition": "nothing", "send_at": ""}).content.decode()
        assert "The checks are not green for the words as they stand" in html

    def test_when_everybody_left_since_the_checks_nobody_gets_it(self, issue: Issue) -> None:
        green(issue)
        for subscriber in SubscriberFactory._meta.model.objects.all():
            subscriber.delete()
        assert "Nobody would get it." in officer().post(door("send", issue), {"missing_edition": "nothing", "send_at": ""}).content.decode()

    def test_stopping_for_good_wants_a_reason(self) -> None:
        issue = issue_under_way(2)
        assert officer().post(door("stop", issue), {"reason": ""}).status_code == 422
        assert Issue.objects.get().status == IssueStatus.SENDING

    def test_whoever_came_since_gets_it_at_a_second_pressing(self) -> None:
        issue, client = issue_under_way(1), officer()
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="x")
        audience(2, "fr", confirmed_at=timezone.now())
        html = client.get(door("send_to_missed", issue)).content.decode()
        assert "New readers since then: 2 people." in html
        assert "Refused or stopped: 1 person." in html
        assert "Uncertain: 0 people." in html
        client.post(door("send_to_missed", issue))
        assert Issue.objects.get().status == IssueStatus.SENDING
        assert issue.deliveries.waiting().count() == 3
