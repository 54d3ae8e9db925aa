"""Sending as the officer and the mail server see it: every answer has its consequence, and the sum is always right."""

import datetime
import time
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.signals import heartbeat
from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.issues.progress import progress_of
from newsletter.models import Subscriber
from newsletter.sending import ledger, schedule
from newsletter.sending.schedule import CannotSend
from newsletter.sending.sender import MOST_REFUSALS_IN_A_ROW, Sender, finish_or_reschedule
from newsletter.sending.tasks import queue_slices, send_slice
from newsletter.sending.transport import Answer, Outcome, open_transport
from tests.core.factories import UserFactory
from tests.core.sink import Sink, listening
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way
from tests.newsletter.worker import run, to

pytestmark = pytest.mark.django_db


class TestEditions:
    def test_each_reader_gets_the_edition_of_her_language_and_only_that(self, sink: Sink) -> None:
        issue = IssueFactory()
        for language in ("fr", "nl", "en"):
            edition(issue, language)
            audience(2, language)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        assert run(issue) == {"accepted": 6}
        languages = dict(Subscriber.objects.values_list("email", "language"))
        for message in sink.messages:
            assert message["Content-Language"] == languages[str(message["To"])]
            assert f"(({languages[str(message['To'])]})" not in str(message)
            assert f"https://example.org/{languages[str(message['To'])]}/1" in str(message.get_body(("plain",)))

    @pytest.mark.parametrize(("rule", "reached"), [("nothing", 2), ("french", 4)])
    def test_readers_without_an_edition_follow_the_rule(self, sink: Sink, rule: str, reached: int) -> None:
        issue = IssueFactory()
        edition(issue, "fr")
        audience(2, "fr")
        audience(2, "en")
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory(), missing_edition=rule)
        assert run(issue) == {"accepted": reached}
        assert {str(message["Content-Language"]) for message in sink.messages} == {"fr"}

    def test_nobody_else_gets_it(self, sink: Sink) -> None:
        issue = IssueFactory()
        edition(issue)
        wanted = SubscriberFactory()
        SubscriberFactory(unconfirmed=True)
        SubscriberFactory(left=True)
        SubscriberFactory(bounced=True)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        run(issue)
        assert to(sink) == [wanted.email]

    def test_words_changed_after_send_change_nothing(self, sink: Sink) -> None:
        issue = IssueFactory()
        page = edition(issue)
        SubscriberFactory()
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        page.subject = "Tout autre chose"
        page.save_revision().publish()
        run(issue)
        assert "Ce qui bouge" in str(sink.messages[0]["Subject"])


class TestAnswersOfTheMailServer:
    def test_a_refused_address_is_final_and_said(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        sink.recipient_answers = ["550 5.1.1 No such mailbox"]
        assert run(issue) == {"accepted": 2, "refused": 1}
        refused = issue.deliveries.get(status=DeliveryStatus.REFUSED)
        assert (refused.code, refused.answer) == (550, "5.1.1 No such mailbox")
        assert refused.subscriber.status == SubscriberStatus.BOUNCED, "the next issue does not try again"
        assert issue.status == IssueStatus.SENT

    def test_a_full_mailbox_is_tried_again_later_and_then_given_up(self, sink: Sink) -> None:
        issue = issue_under_way(1)
        now = timezone.now()
        waits = []
        for _number in range(len(ledger.BACKOFF) + 1):
            sink.recipient_answers = ["452 4.2.2 Mailbox full"]
            with time_machine.travel(now, tick=True):
                done = Sender(issue.pk).run(seconds=5, rate=0)
            waits.append(done.again_at - now if done.again_at else None)
            now = (done.again_at or now) + datetime.timedelta(seconds=1)
        assert waits[:-1] == [pytest.approx(wait, abs=datetime.timedelta(seconds=2)) for wait in ledger.BACKOFF]
        assert waits[-1] is None
        assert issue.deliveries.get().status == DeliveryStatus.REFUSED

    def test_the_others_do_not_wait_for_a_full_mailbox(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        sink.recipient_answers = ["452 4.2.2 Mailbox full"]
        assert run(issue) == {"accepted": 2, "waiting": 1}
        assert issue.status == IssueStatus.SENDING

    def test_a_connection_lost_before_the_answer_is_uncertain_and_never_tried_again(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        sink.hang_ups = 1
        assert run(issue) == {"accepted": 2, "uncertain": 1}
        assert issue.status == IssueStatus.SENT
        assert run(issue) == {"accepted": 2, "uncertain": 1}
        assert len(sink.received) == 3, "the server had taken it: a second one would have been a double"

    def test_a_server_that_is_away_pauses_the_issue_and_nobody_is_lost(self, settings: Any) -> None:
        settings.NEWSLETTER_DB_RETRY_SECONDS = 0
        settings.MAILERS = Sink().mailers  # a free port nobody listens on
        issue = issue_under_way(3)
        assert run(issue) == {"waiting": 3}
        assert issue.status == IssueStatus.PAUSED
        assert "refused" in issue.pause_reason.lower()
        with listening() as sink:
            settings.MAILERS = sink.mailers
            schedule.resume_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
            assert run(issue) == {"accepted": 3}
        assert issue.pause_reason == ""

    def test_a_refused_sender_pauses_the_issue(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        sink.sender_answers = ["553 5.7.1 Sender not allowed"] * 9
        assert run(issue) == {"waiting": 3}
        assert "Sender not allowed" in issue.pause_reason

    def test_mail_after_mail_refused_for_its_words_pauses_the_issue(self, sink: Sink) -> None:
        issue = issue_under_way(30)
        sink.data_answers = ["554 5.7.1 Looks like spam"] * 30
        counts = run(issue)
        assert issue.status == IssueStatus.PAUSED
        assert counts == {"refused": MOST_REFUSALS_IN_A_ROW, "waiting": 30 - MOST_REFUSALS_IN_A_ROW}

    def test_a_block_list_is_about_us_and_costs_no_reader(self, sink: Sink) -> None:
        issue = issue_under_way(30)
        sink.recipient_answers = ["550 5.7.1 Client host blocked"] * 30
        run(issue)
        assert issue.status == IssueStatus.PAUSED
        assert Subscriber.objects.subscribed().count() == 30

    def test_many_full_boxes_in_a_row_are_not_our_fault(self, sink: Sink) -> None:
        issue = issue_under_way(30)
        sink.recipient_answers = ["452 4.2.2 Mailbox full"] * (MOST_REFUSALS_IN_A_ROW + 2)
        assert run(issue) == {"accepted": 30 - MOST_REFUSALS_IN_A_ROW - 2, "waiting": MOST_REFUSALS_IN_A_ROW + 2}
        assert issue.status == IssueStatus.SENDING

    def test_a_server_that_takes_nothing_for_now_is_left_alone(self, sink: Sink) -> None:
        issue = issue_under_way(30)
        sink.recipient_answers = ["452 4.3.1 Insufficient system storage"] * 30
        assert run(issue) == {"waiting": 30}
        assert issue.status == IssueStatus.PAUSED

    def test_what_the_server_says_of_an_address_is_kept_without_it(self, sink: Sink) -> None:
        """The ledger stays when a reader is erased."""
        issue = issue_under_way(1)
        address = issue.deliveries.get().subscriber.email
        sink.recipient_answers = [f"550 5.1.1 <{address}>: Recipient address rejected"]
        run(issue)
        answer = issue.deliveries.get().answer
        assert "Recipient address rejected" in answer
        assert address not in answer

    def test_an_address_no_mail_can_be_written_to_is_refused_by_ourselves(self, sink: Sink) -> None:
        issue = issue_under_way(2)
        Subscriber.objects.filter(pk=issue.deliveries.first().subscriber_id).update(email="zoé@example.org")
        assert run(issue) == {"accepted": 1, "refused": 1}


class TestTheReaderWhoLeavesMeanwhile:
    def test_she_is_looked_at_once_more_before_each_mail(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        gone = issue.deliveries.first().subscriber
        gone.status, gone.unsubscribed_at = "unsubscribed", timezone.now()
        gone.save()
        assert run(issue) == {"accepted": 2, "suppressed": 1}
        assert gone.email not in to(sink)

    def test_a_reader_who_is_erased_gets_nothing_and_still_counts(self, sink: Sink) -> None:
        issue = issue_under_way(3)
        issue.deliveries.first().subscriber.delete()
        assert run(issue) == {"accepted": 2, "suppressed": 1}
        assert progress_of(issue, timezone.now()).adds_up


class TestTheOfficersHand:
    def test_pause_stops_at_the_next_mail_and_resume_doubles_nothing(self, sink: Sink) -> None:
        issue = issue_under_way(20)
        Sender(issue.pk).run(seconds=0, rate=0)
        schedule.pause_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        taken = len(sink.received)
        assert 0 < taken < 20
        run(issue)
        assert len(sink.received) == taken
        schedule.resume_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert run(issue) == {"accepted": 20}
        assert len(set(to(sink))) == len(sink.received) == 20

    def test_stop_leaves_the_others_out_and_the_rest_can_be_sent_later(self, sink: Sink) -> None:
        issue = issue_under_way(6)
        Sender(issue.pk).run(seconds=0, rate=0)
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="a wrong date")
        assert run(issue) == {"accepted": 1, "cancelled": 5}
        newcomer = SubscriberFactory()
        assert schedule.send_to_missed(issue_id=issue.pk, now=timezone.now(), by=UserFactory()) == 6
        assert run(issue) == {"accepted": 7}
        assert len(set(to(sink))) == 7
        assert newcomer.email in to(sink)

    def test_stopped_while_a_mail_is_put_off_it_is_left_out_like_the_others(self) -> None:
        issue = issue_under_way(3)
        claims = ledger.claim_batch(issue_id=issue.pk, holder="ours", results=(), size=2, now=timezone.now())
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="a wrong date")
        later = ledger.Result(claims[0].delivery_id, Answer(Outcome.LATER, 452, "4.2.2 Mailbox full"), timezone.now())
        ledger.claim_batch(issue_id=issue.pk, holder="ours", results=[later], size=0, now=timezone.now())
        assert issue.deliveries.counts()["cancelled"] == 3
        assert schedule.send_to_missed(issue_id=issue.pk, now=timezone.now(), by=UserFactory()) == 3

    def test_the_uncertain_are_sent_again_only_on_demand(self, sink: Sink) -> None:
        issue = issue_under_way(2)
        sink.hang_ups = 1
        run(issue)
        with pytest.raises(CannotSend):
            schedule.send_to_missed(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert schedule.send_to_missed(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), with_uncertain=True) == 1
        assert run(issue) == {"accepted": 2}


class TestTheChainOfSlices:
    def test_each_beat_gives_an_issue_its_sender_back_and_never_two(self) -> None:
        issue_under_way(2)
        for _beat in range(3):
            heartbeat.send(sender=None, now=timezone.now())
        assert DBTaskResult.objects.filter(task_path=send_slice.module_path).count() == 1

    def test_the_rest_does_not_wait_for_a_slice_that_was_put_off(self) -> None:
        issue, later = issue_under_way(1), timezone.now() + datetime.timedelta(hours=3)
        queue_slices(issue_id=issue.pk, run_after=later)
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="x")
        schedule.send_to_missed(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert DBTaskResult.objects.ready().filter(task_path=send_slice.module_path).count() == 1

    def test_an_issue_that_is_over_gets_none(self) -> None:
        issue = issue_under_way(0)
        finish_or_reschedule(issue_id=issue.pk, now=timezone.now())
        assert queue_slices(issue_id=issue.pk) == 0

    def test_a_slice_ends_in_time_and_queues_the_next(self, sink: Sink, settings: Any) -> None:
        settings.NEWSLETTER_SLICE_SECONDS = 0
        issue = issue_under_way(3)
        send_slice.call(issue.pk)
        assert issue.deliveries.counts()["accepted"] == 1
        assert DBTaskResult.objects.filter(task_path=send_slice.module_path).count() >= 1

    def test_the_throttle_keeps_its_pace(self, sink: Sink) -> None:
        issue = issue_under_way(5)
        begun = time.monotonic()
        Sender(issue.pk).run(seconds=30, rate=10)
        assert 0.45 <= time.monotonic() - begun < 3

    def test_it_says_how_long_it_still_takes(self, sink: Sink) -> None:
        issue = issue_under_way(40)
        now = timezone.now()
        claims = ledger.claim_batch(issue_id=issue.pk, holder="x", results=(), size=20, now=now)
        results = [ledger.Result(claim.delivery_id, Answer(Outcome.ACCEPTED), now) for claim in claims]
        ledger.claim_batch(issue_id=issue.pk, holder="x", results=results, size=0, now=now)
        now = timezone.now() + datetime.timedelta(seconds=30)
        progress = progress_of(issue, now)
        assert (progress.done, progress.total, progress.share) == (20, 40, 50)
        assert progress.seconds_left == pytest.approx(30, abs=3)


def test_mails_go_to_the_mailbox_of_the_demo_too(settings: Any, mailoutbox: list[Any]) -> None:
    """Any backend of Django will do; what it takes is accepted."""
    issue = issue_under_way(2)
    assert run(issue) == {"accepted": 2}
    assert len(mailoutbox) == 2
    assert type(open_transport()).__name__ == "BackendTransport"
