"""One bad day of our own: nobody is taken off, the issue pauses, the officers are told. And an officer overturns a verdict."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import OutgoingMail
from newsletter.bounces import phrases, verdict
from newsletter.bounces.pop import FolderMailbox
from newsletter.bounces.process import process_mailbox
from newsletter.bounces.record import CannotOverturn, overturn_bounce, record_bounce
from newsletter.bounces.trouble import LEAST
from newsletter.bounces.verp import encode_verp
from newsletter.enums.bounces import BounceChannel, BounceReason
from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Bounce, Delivery, Issue, Subscriber, SubscriberTransition, Suppression
from newsletter.sending import schedule as send
from tests.core.factories import UserFactory
from tests.newsletter.bounces.mails import delivered, report
from tests.newsletter.factories import BounceFactory, ReplyFactory, SubscriberFactory
from tests.newsletter.issues import issue_under_way
from tests.trainings.backoffice.conftest import browser_of, member

pytestmark = pytest.mark.django_db

SUBSCRIBERS = 200
# Each stands above the code of an address that does not exist, as careless servers write it.
BAD_DAYS = {
    "dmarc": "smtp; 550 5.1.1 Rejected: DMARC policy of smes.example.org",
    "spf": "smtp; 550 5.1.1 SPF check failed for news.smes.example.org",
    "sender's domain": "smtp; 550 5.1.1 No such domain news.smes.example.org",
    "our resolver": "smtp; 550 5.1.1 Host or domain name not found. Name service error for name=example.org type=MX: Host not found",
    "block list": "smtp; 550 5.1.1 Refused, your IP is listed at zen.spamhaus.org",
}


def sent(subscribers: int) -> Issue:
    """An issue whose mails were all accepted; it is still being sent."""
    issue = issue_under_way(subscribers)
    issue.deliveries.update(status=DeliveryStatus.ACCEPTED, done_at=timezone.now())
    return issue


def bounce_back(folder: Path, issue: Issue, words: str, *, status: str = "5.1.1", count: int | None = None) -> dict[str, int]:
    for delivery in issue.deliveries.order_by("pk")[:count]:
        name = f"{delivery.pk}.{abs(hash(words))}"
        (folder / f"{name}.eml").write_bytes(report(encode_verp(delivery.pk), status=status, words=words, name=name))
    counts = dict(process_mailbox(mailbox=FolderMailbox(folder), now=timezone.now()))
    issue.refresh_from_db()
    return counts


@pytest.mark.parametrize("words", BAD_DAYS.values(), ids=BAD_DAYS)
def test_one_bad_day_takes_nobody_off(tmp_path: Path, words: str) -> None:
    issue = sent(SUBSCRIBERS)
    counts = bounce_back(tmp_path, issue, words)
    assert sum(counts.values()) == SUBSCRIBERS
    assert "hard" not in counts
    assert Subscriber.objects.audience(timezone.now()).count() == SUBSCRIBERS
    assert not Suppression.objects.exists()
    assert issue.status == IssueStatus.PAUSED


@pytest.mark.control
@pytest.mark.parametrize("words", BAD_DAYS.values(), ids=BAD_DAYS)
def test_by_its_code_alone_the_same_day_takes_everybody_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """The control: the sentences about us are not looked for, as before."""
    monkeypatch.setattr(phrases, "PLAIN", ())
    monkeypatch.setattr(phrases, "VAGUE", ())
    monkeypatch.setattr(phrases, "BLOCK_LISTS", re.compile("(?!)"))
    monkeypatch.setattr(verdict, "OURS", "(nothing)")
    monkeypatch.setattr(verdict, "_names_only_us", lambda said: False)
    issue = sent(SUBSCRIBERS)
    bounce_back(tmp_path, issue, words)
    assert Subscriber.objects.audience(timezone.now()).count() == 0


class TestPause:
    def test_the_officers_are_told_once_why(self, tmp_path: Path) -> None:
        officer = member("Communication officer")
        issue = sent(20)
        bounce_back(tmp_path, issue, "smtp; 550 5.7.26 DMARC check failed", status="5.7.26")
        assert issue.status == IssueStatus.PAUSED
        assert "DMARC check failed" in issue.pause_reason
        (mail,) = OutgoingMail.objects.all()
        assert mail.to == officer.email
        assert "des e-mails ne passent pas" in mail.subject
        for part in (mail.text, mail.html):
            assert "DMARC check failed" in part
            assert "Le numéro est en pause" in part
        assert reverse("newsletter_issues:inspect", args=[issue.pk]) in mail.text

    def test_one_server_with_a_bad_day_pauses_nothing(self, tmp_path: Path) -> None:
        issue = sent(SUBSCRIBERS)
        bounce_back(tmp_path, issue, "smtp; 550 5.7.1 Denied by policy", status="5.7.1", count=LEAST - 1)
        assert issue.status == IssueStatus.SENDING
        assert not OutgoingMail.objects.exists()

    def test_readers_who_moved_pause_nothing(self, tmp_path: Path) -> None:
        issue = sent(40)
        bounce_back(tmp_path, issue, "smtp; 550 5.1.1 User unknown", count=20)
        assert issue.status == IssueStatus.SENDING

    def test_what_nobody_understands_pauses_it_too(self, tmp_path: Path) -> None:
        issue = sent(40)
        bounce_back(tmp_path, issue, "smtp; 550 Nie mozna dostarczyc", status="5.0.0")
        assert issue.status == IssueStatus.PAUSED
        assert Subscriber.objects.subscribed().count() == 40

    def test_once_somebody_has_looked_it_goes_on(self, tmp_path: Path) -> None:
        issue = sent(20)
        bounce_back(tmp_path, issue, "smtp; 550 DMARC check failed", status="5.0.0")
        send.resume_issue(issue_id=issue.pk, now=timezone.now() + datetime.timedelta(minutes=1), by=UserFactory())
        bounce_back(tmp_path, issue, "smtp; 550 SPF check failed", status="5.0.0", count=1)
        assert issue.status == IssueStatus.SENDING

    def test_one_that_has_left_cannot_pause_and_tells_once(self, tmp_path: Path) -> None:
        member("Communication officer")
        issue = sent(20)
        Issue.objects.update(status=IssueStatus.SENT, finished_at=timezone.now())
        for words in ("smtp; 550 DMARC check failed", "smtp; 550 SPF check failed"):
            bounce_back(tmp_path, issue, words, status="5.0.0")
        assert issue.status == IssueStatus.SENT
        assert OutgoingMail.objects.count() == 1


class TestOverturn:
    @pytest.fixture
    def bounce(self) -> Bounce:
        return self.bounced(delivered(SubscriberFactory(email="nora@example.org")), "a")

    def bounced(self, delivery: Delivery, reference: str) -> Bounce:
        bounce = record_bounce(
            reason=BounceReason.NO_MAILBOX,
            channel=BounceChannel.MAILBOX,
            reference=reference,
            now=timezone.now(),
            delivery_id=delivery.pk,
            code="5.1.1",
            words="550 5.1.1 User unknown",
        )
        assert bounce
        return bounce

    def test_the_reader_gets_mail_again_and_a_dated_row_says_who_and_why(self, bounce: Bounce) -> None:
        officer = UserFactory()
        overturn_bounce(bounce=bounce, reason="she wrote from it today", by=officer, now=timezone.now())
        assert Subscriber.objects.audience(timezone.now()).count() == 1
        row = SubscriberTransition.objects.latest("pk")
        assert (row.to_status, row.by) == (SubscriberStatus.SUBSCRIBED, officer)
        assert "she wrote from it today" in row.reason

    def test_another_bounce_that_says_the_same_still_stops_her(self, bounce: Bounce) -> None:
        assert bounce.subscriber
        self.bounced(delivered(bounce.subscriber), "b")
        overturn_bounce(bounce=bounce, reason="x", by=UserFactory(), now=timezone.now())
        assert not Subscriber.objects.audience(timezone.now()).exists()

    def test_an_overturned_one_does_not_count_for_later_ones(self) -> None:
        subscriber = SubscriberFactory()
        now = timezone.now()
        for days in (60, 30):
            full = BounceFactory(
                subscriber=subscriber, kind="soft", reason=BounceReason.MAILBOX_FULL, at=now - datetime.timedelta(days=days)
            )
        overturn_bounce(bounce=full, reason="x", by=UserFactory(), now=now)
        record_bounce(
            reason=BounceReason.MAILBOX_FULL, channel=BounceChannel.MAILBOX, reference="c", now=now, delivery_id=delivered(subscriber).pk
        )
        assert Subscriber.objects.audience(now).count() == 1

    @pytest.mark.parametrize(
        "facts", [{"kind": "complaint", "reason": "complaint"}, {"overturned_at": timezone.now()}], ids=["complaint", "twice"]
    )
    def test_a_complaint_stands_and_twice_is_once(self, facts: dict[str, Any]) -> None:
        with pytest.raises(CannotOverturn):
            overturn_bounce(bounce=BounceFactory(**facts), reason="x", by=UserFactory(), now=timezone.now())


class TestBackOffice:
    @pytest.fixture
    def officer(self) -> Client:
        return browser_of(member("Communication officer"))

    def page(self, client: Client, name: str, pk: int) -> str:
        return client.get(reverse(name, args=[pk])).content.decode()

    def test_an_officer_sees_why_and_overturns_it(self, officer: Client) -> None:
        delivery = delivered(SubscriberFactory(email="nora@example.org"))
        bounce = TestOverturn().bounced(delivery, "a")
        Issue.objects.update(status=IssueStatus.SENT)
        for name, pk in (
            ("newsletter_subscribers:inspect", delivery.subscriber_id),
            ("newsletter_issues:inspect", delivery.issue_id),
            ("newsletter_bounces:inspect", bounce.pk),
        ):
            html = self.page(officer, name, pk)
            assert "The mailbox does not exist." in html
            assert "User unknown" in html
        url = reverse("newsletter_backoffice:overturn_bounce", args=[bounce.pk])
        assert "gets the newsletter again" in officer.get(url).content.decode()
        assert Subscriber.objects.get().status == SubscriberStatus.BOUNCED, "looking changes nothing"
        officer.post(url, {"reason": "she wrote from it"})
        assert Subscriber.objects.get().status == SubscriberStatus.SUBSCRIBED
        assert ModelLogEntry.objects.filter(action="newsletter.overturn_bounce").exists()
        assert "overturned" in self.page(officer, "newsletter_subscribers:inspect", delivery.subscriber_id)
        assert "already stays so" in officer.post(url, {"reason": "again"}).content.decode()

    def test_a_reply_is_read_and_dealt_with(self, officer: Client) -> None:
        reply = ReplyFactory(delivery_id=delivered().pk)
        assert "1 reply of a reader waits to be read" in officer.get(reverse("wagtailadmin_home")).content.decode()
        assert "asks to leave" in officer.get(reverse("newsletter_replies:index")).content.decode()
        html = self.page(officer, "newsletter_replies:inspect", reply.pk)
        assert "Please take me off your list." in html
        assert reverse("newsletter_backoffice:unsubscribe_subscriber", args=[reply.subscriber_id]) in html
        officer.post(reverse("newsletter_backoffice:finish_reply", args=[reply.pk]))
        reply.refresh_from_db()
        assert reply.done_at
        assert reply.done_by
        assert "waits to be read" not in officer.get(reverse("wagtailadmin_home")).content.decode()

    def test_it_is_for_nobody_else(self) -> None:
        client = browser_of(member("Coordinator"))
        bounce, reply = BounceFactory(), ReplyFactory()
        client.post(reverse("newsletter_backoffice:overturn_bounce", args=[bounce.pk]), {"reason": "x"})
        client.post(reverse("newsletter_backoffice:finish_reply", args=[reply.pk]))
        assert "Please take me off" not in self.page(client, "newsletter_replies:inspect", reply.pk)
        bounce.refresh_from_db()
        reply.refresh_from_db()
        assert (bounce.overturned_at, reply.done_at) == (None, None)
