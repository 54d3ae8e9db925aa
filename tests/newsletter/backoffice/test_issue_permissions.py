"""Who may do what with an issue: each endpoint asks for its own right, and each button acts only where it belongs.

Strangers, other groups and that looking never acts: tests/crawl/test_endpoints.py, for every endpoint of the site.
"""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.enums.issues import OPEN, IssueStatus
from newsletter.models import Issue
from newsletter.sending import schedule
from tests.core.factories import UserFactory
from tests.newsletter.backoffice.pages import officer
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way

pytestmark = pytest.mark.django_db
# Its name: the right it asks for, and what stands in its address besides the issue.
ENDPOINTS: dict[str, tuple[str, tuple[Any, ...]]] = {
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


def endpoint(name: str, issue: Issue) -> str:
    return reverse(f"newsletter_issue:{name}", args=[issue.pk, *ENDPOINTS[name][1]])


@pytest.fixture
def issue() -> Issue:
    issue = IssueFactory()
    edition(issue)
    audience(3)
    return issue


def is_turned_away(answer: Any) -> bool:
    """Wagtail sends whoever may not to the first page of the admin."""
    return answer.status_code == 403 or answer["Location"] == reverse("wagtailadmin_home")


def test_without_its_right_an_endpoint_refuses_to_show_and_to_act(issue: Issue) -> None:
    allowed = []
    for name, (right, _args) in ENDPOINTS.items():
        client = officer(right)
        if not (is_turned_away(client.get(endpoint(name, issue))) and is_turned_away(client.post(endpoint(name, issue)))):
            allowed.append(name)
    assert allowed == []
    assert Issue.objects.get().status == IssueStatus.DRAFT


def test_with_all_rights_each_answers(issue: Issue) -> None:
    """The control of the one above. There is no finding to overrule."""
    client = officer()
    statuses = {name: client.get(endpoint(name, issue)).status_code for name in ENDPOINTS if name != "override"}
    assert {name: status for name, status in statuses.items() if status != 200} == {}


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


class TestFourEyes:
    @pytest.fixture(autouse=True)
    def _two_people(self, settings: Any) -> None:
        settings.NEWSLETTER_FOUR_EYES = True

    def test_pressing_send_asks_a_second_person(self, issue: Issue) -> None:
        first, second = officer(), officer()
        answer = first.post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": ""}, follow=True)
        html = answer.content.decode()
        assert "A second person must now agree." in html
        assert "waiting for a second person" in html
        assert not issue.deliveries.exists()

        refused = first.post(endpoint("approve", issue)).content.decode()
        assert "Somebody else than the person who pressed Send must agree." in refused
        assert Issue.objects.get().status == IssueStatus.AWAITING

        assert "It goes to 3 people." in second.get(endpoint("approve", issue)).content.decode()
        second.post(endpoint("approve", issue))
        assert Issue.objects.get().status == IssueStatus.SCHEDULED
        schedule.start_due_issues(now=timezone.now())
        assert Issue.objects.get().status == IssueStatus.SENDING
        assert issue.deliveries.count() == 3

    def test_when_everybody_left_meanwhile_the_second_person_learns_it(self, issue: Issue) -> None:
        officer().post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        SubscriberFactory._meta.model.objects.all().delete()
        assert "Nobody would get it." in officer().post(endpoint("approve", issue)).content.decode()
        assert Issue.objects.get().status == IssueStatus.AWAITING

    def test_the_moment_that_was_chosen_is_kept_and_shown(self, issue: Issue) -> None:
        officer().post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": "2043-01-02 10:00"})
        second = officer()
        assert "It leaves on Friday 2 January 2043 at 10.00." in second.get(endpoint("approve", issue)).content.decode()
        second.post(endpoint("approve", issue))
        assert Issue.objects.get().status == IssueStatus.SCHEDULED

    def test_the_second_person_may_make_it_a_draft_again(self, issue: Issue) -> None:
        officer().post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        officer().post(endpoint("unschedule", issue))
        assert Issue.objects.get().status == IssueStatus.DRAFT
        assert not issue.editions.exists()

    def test_who_may_not_send_may_not_approve(self, issue: Issue) -> None:
        officer().post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        assert is_turned_away(officer("send_issue").post(endpoint("approve", issue)))
        assert Issue.objects.get().status == IssueStatus.AWAITING

    def test_approving_what_does_not_wait_for_it_is_refused(self, issue: Issue) -> None:
        assert "was quicker" in officer().post(endpoint("approve", issue)).content.decode()


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


class TestStatusPairs:
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
        html = officer().post(endpoint(name, issue), data, follow=True).content.decode()
        moved = Issue.objects.get().status != status
        assert moved == (status in PLACES[name])
        assert moved != ("was quicker" in html)

    def test_approval_by_a_second_person_cannot_be_avoided(self, issue: Issue, settings: Any) -> None:
        settings.NEWSLETTER_FOUR_EYES = True
        alone = officer()
        alone.post(endpoint("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        for name in ("approve", "resume", "send_to_missed"):
            alone.post(endpoint(name, issue))
        assert Issue.objects.get().status == IssueStatus.AWAITING
        assert not issue.deliveries.exists()


class TestSendPage:
    def test_a_moment_in_the_past_is_refused_and_the_input_stays(self, issue: Issue) -> None:
        html = officer().post(endpoint("send", green(issue)), {"missing_edition": "french", "send_at": "2020-01-02 10:00"}).content.decode()
        assert "That moment is over." in html
        assert "2020-01-02 10:00" in html
        assert Issue.objects.get().status == IssueStatus.DRAFT

    def test_a_rule_nobody_knows_is_refused(self, issue: Issue) -> None:
        officer().post(endpoint("send", green(issue)), {"missing_edition": "everybody", "send_at": ""})
        assert Issue.objects.get().status == IssueStatus.DRAFT

    def test_words_changed_since_the_checks_stop_it(self, issue: Issue) -> None:
        page = issue.pages.get()
        green(issue)
        page.intro = "Autre chose."
        page.save_revision()
        html = officer().post(endpoint("send", issue), {"missing_edition": "nothing", "send_at": ""}).content.decode()
        assert "The checks are not green for the words as they stand" in html

    def test_when_everybody_left_since_the_checks_nobody_gets_it(self, issue: Issue) -> None:
        green(issue)
        for subscriber in SubscriberFactory._meta.model.objects.all():
            subscriber.delete()
        assert (
            "Nobody would get it."
            in officer().post(endpoint("send", issue), {"missing_edition": "nothing", "send_at": ""}).content.decode()
        )

    def test_stopping_for_good_wants_a_reason(self) -> None:
        issue = issue_under_way(2)
        assert officer().post(endpoint("stop", issue), {"reason": ""}).status_code == 422
        assert Issue.objects.get().status == IssueStatus.SENDING

    def test_whoever_came_since_gets_it_at_a_second_pressing(self) -> None:
        issue, client = issue_under_way(1), officer()
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="x")
        audience(2, "fr", confirmed_at=timezone.now())
        html = client.get(endpoint("send_to_missed", issue)).content.decode()
        assert "New readers since then: 2 people." in html
        assert "Refused or stopped: 1 person." in html
        assert "Uncertain: 0 people." in html
        client.post(endpoint("send_to_missed", issue))
        assert Issue.objects.get().status == IssueStatus.SENDING
        assert issue.deliveries.waiting().count() == 3
