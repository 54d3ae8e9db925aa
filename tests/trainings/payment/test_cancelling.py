"""Somebody cancels: what is due is decided by the terms she read, taken back once, and reminded of once a level."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from core.models import OutgoingMail
from tests.core.people import member
from tests.trainings.payment.factories import CancellationTermsFactory, PaymentRequestFactory, PaymentSettingsFactory
from tests.trainings.payment.people import enrolled, party
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.groups.people import Colleague
from trainings.enrolment.groups.places import give_place
from trainings.models import CreditNote, CreditReason, Enrolment, PaymentReminder, PaymentRequest, Tier
from trainings.payment import credit, reminders
from trainings.payment.billing import keep_billing_details
from trainings.payment.credit import CannotCredit, credit_lines, settle_cancellations
from trainings.payment.due import Due, due_for
from trainings.payment.follow_up import request_what_waits
from trainings.payment.payments import NotSoMuch, note_payment
from trainings.payment.reminders import send_reminders
from trainings.payment.request import CannotRequest, request_payment
from trainings.planning.sessions import cancel_session
from trainings.sessions.prices import Step, share_due

pytestmark = pytest.mark.django_db

# 9.30 in Brussels, on a Monday.
FIRST = datetime.datetime(2035, 3, 26, 7, 30, tzinfo=datetime.UTC)
ENROLLED = datetime.datetime(2035, 1, 10, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def enrolment() -> Enrolment:
    PaymentSettingsFactory()
    CancellationTermsFactory(steps={14: 50, 3: 100})
    return enrolled(session__first_meeting_at=FIRST, created_at=ENROLLED)


def ask(enrolment: Enrolment, at: datetime.datetime = ENROLLED) -> PaymentRequest:
    return request_payment(enrolments=[enrolment], billed_party=party(), language="en", now=at)


def balance(request: PaymentRequest) -> int:
    return PaymentRequest.objects.with_balance().get(pk=request.pk).balance


def mails_of(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=f"trainings/mail/{kind}").count()


class TestTerms:
    @pytest.mark.parametrize(("days", "percent"), [(200, 0), (14, 0), (13, 50), (3, 50), (2, 100), (1, 100), (0, 100), (-1, 100)])
    def test_the_share_grows_as_the_day_comes_nearer(self, days: int, percent: int) -> None:
        assert share_due([Step(14, 50), Step(3, 100)], days_left=days) == percent

    def test_without_terms_nothing_is_due_before_the_first_day(self) -> None:
        assert [share_due([], days_left=days) for days in (1, 0)] == [0, 100]

    @pytest.mark.parametrize(
        ("cancelled", "cents"),
        [
            # The day counts as it is in Brussels, also across the change of the clocks of 25 March 2035.
            ("2035-03-11T22:59:00+00:00", 0),  # 23.59 on the 11th: 15 days
            ("2035-03-12T22:59:00+00:00", 0),  # 23.59 on the 12th: 14 days
            ("2035-03-12T23:01:00+00:00", 6_000),  # 0.01 on the 13th: 13 days
            ("2035-03-23T22:59:00+00:00", 6_000),  # 23.59 on the 23rd: 3 days
            ("2035-03-24T00:30:00+00:00", 12_000),  # 1.30 on the 24th: 2 days
            ("2035-03-25T22:30:00+00:00", 12_000),  # 0.30 on the day itself
        ],
    )
    def test_to_the_minute(self, enrolment: Enrolment, cancelled: str, cents: int) -> None:
        with time_machine.travel(datetime.datetime.fromisoformat(cancelled), tick=False):
            gone = cancel_enrolment(enrolment=enrolment, now=timezone.now())
        assert due_for(gone, price=Due(12_000)).cents == cents

    def test_who_never_had_a_seat_owes_nothing(self, enrolment: Enrolment) -> None:
        waiting = enrolled(session__first_meeting_at=FIRST, is_waiting=True, created_at=ENROLLED)
        gone = cancel_enrolment(enrolment=waiting, now=FIRST - datetime.timedelta(days=1))
        assert due_for(gone, price=Due(12_000)).cents == 0

    def test_who_gave_her_place_to_a_colleague_owes_nothing_and_the_colleague_all(self, enrolment: Enrolment) -> None:
        late = FIRST - datetime.timedelta(days=1)
        new = give_place(enrolment=enrolment, to=Colleague(name="Noa", email="noa@example.org"), now=late)
        enrolment.refresh_from_db()
        assert [due_for(each, price=Due(12_000)).cents for each in (enrolment, new)] == [0, 12_000]

    def test_a_late_cancellation_can_be_asked_for_afterwards(self, enrolment: Enrolment) -> None:
        gone = cancel_enrolment(enrolment=enrolment, now=FIRST - datetime.timedelta(days=5))
        line = ask(gone).lines.get()
        assert (line.amount_cents, line.tier) == (6_000, Tier.SHARE)
        assert settle_cancellations(now=timezone.now()) == 0, "the share is what is due already"


class TestCredit:
    def test_what_is_not_due_is_taken_back_once(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        cancel_enrolment(enrolment=enrolment, now=FIRST - datetime.timedelta(days=5))
        assert settle_cancellations(now=FIRST) == 1
        assert settle_cancellations(now=FIRST) == 0
        assert (balance(request), CreditNote.objects.get().total_cents, mails_of("credit_note")) == (6_000, 6_000, 1)

    def test_all_of_it_when_she_cancels_in_time(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        cancel_enrolment(enrolment=enrolment, now=FIRST - datetime.timedelta(days=20))
        call_command("run_duties", only=["credit_cancellations"])
        assert balance(request) == 0
        assert "Still to be paid" not in OutgoingMail.objects.get(kind="trainings/mail/credit_note").text

    def test_all_of_it_when_the_session_does_not_take_place(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        note_payment(request=request, cents=12_000, received_on=ENROLLED.date(), now=ENROLLED)
        cancel_session(session=enrolment.session, message="", now=FIRST - datetime.timedelta(days=1), by=member("Coordinator"))
        assert settle_cancellations(now=FIRST) == 1
        assert balance(request) == -12_000
        assert CreditNote.objects.get().reason == CreditReason.SESSION_CANCELLED
        assert "You paid 120 € too much: we give it back." in OutgoingMail.objects.get(kind="trainings/mail/credit_note").text
        note_payment(request=request, cents=-12_000, received_on=FIRST.date(), now=FIRST)
        assert balance(request) == 0

    @pytest.mark.control
    def test_without_the_unique_row_it_is_taken_back_twice(self, enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two workers who both read the line before either wrote: what the lock and the row prevent."""
        ask(enrolment)
        cancel_enrolment(enrolment=enrolment, now=FIRST - datetime.timedelta(days=5))
        [line] = credit.lines_to_settle()
        monkeypatch.setattr(credit, "left_of", lambda line: line.amount_cents)
        for _worker in range(2):
            credit_lines(request=line.request, amounts={line.pk: 6_000}, reason=CreditReason.CANCELLED, now=FIRST)
        assert balance(line.request) == 0, "twice 60 €: nothing is left of a request of which half was due"

    def test_no_more_than_what_is_left(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        line = request.lines.get()
        credit_lines(request=request, amounts={line.pk: 10_000}, reason=CreditReason.GOODWILL, now=ENROLLED)
        for amounts in ({line.pk: 2_001}, {line.pk: -1}, {line.pk: 0}, {line.pk + 1: 1}, {}):
            with pytest.raises(CannotCredit):
                credit_lines(request=request, amounts=amounts, reason=CreditReason.GOODWILL, now=ENROLLED)

    def test_what_was_wrong_can_be_asked_for_again(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        credit_lines(request=request, amounts={request.lines.get().pk: 12_000}, reason=CreditReason.CORRECTION, now=ENROLLED)
        again = ask(enrolment)
        assert (again.sequence, balance(again)) == (2, 12_000)
        with pytest.raises(CannotRequest):
            ask(enrolment)

    def test_no_more_is_given_back_than_was_paid(self, enrolment: Enrolment) -> None:
        request = ask(enrolment)
        with pytest.raises(NotSoMuch):
            note_payment(request=request, cents=-1, received_on=FIRST.date(), now=FIRST)


class TestFollowing:
    def test_who_told_who_pays_while_waiting_is_asked_with_a_seat(self, enrolment: Enrolment) -> None:
        keep_billing_details(enrolment=enrolment, party=party(), now=ENROLLED)
        call_command("run_duties", only=["ask_for_payments"])
        assert request_what_waits(now=ENROLLED) == 0
        assert PaymentRequest.objects.get().lines.get().enrolment == enrolment

    def test_nobody_is_asked_who_did_not_say_who_pays(self, enrolment: Enrolment) -> None:
        assert request_what_waits(now=ENROLLED) == 0


class TestReminders:
    @pytest.fixture
    def request_row(self) -> PaymentRequest:
        """Due on 10 February."""
        PaymentSettingsFactory(first_reminder=7, second_reminder=21)
        made: PaymentRequest = PaymentRequestFactory(
            issued_at=ENROLLED, due_on=datetime.date(2035, 2, 10), total_cents=12_000, language="en"
        )
        return made

    def on(self, month: int, day: int) -> datetime.datetime:
        return datetime.datetime(2035, month, day, 8, 30, tzinfo=datetime.UTC)

    def test_each_level_leaves_once_on_its_day(self, request_row: PaymentRequest) -> None:
        sent = [(day, send_reminders(now=self.on(2, day))) for day in (10, 16, 17, 17, 18)]
        assert sent == [(10, 0), (16, 0), (17, 1), (17, 0), (18, 0)]
        assert [send_reminders(now=self.on(3, day)) for day in (2, 3, 4, 20)] == [0, 1, 0, 0]
        subjects = list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))
        assert subjects == [f"{words}: payment request {request_row.label}" for words in ("Reminder", "Second reminder")]

    def test_it_asks_for_what_is_open(self, request_row: PaymentRequest) -> None:
        note_payment(request=request_row, cents=2_000, received_on=FIRST.date(), now=FIRST)
        send_reminders(now=self.on(2, 17))
        assert "100 € is still open" in OutgoingMail.objects.get().text

    def test_who_paid_is_left_in_peace(self, request_row: PaymentRequest) -> None:
        note_payment(request=request_row, cents=12_000, received_on=FIRST.date(), now=FIRST)
        assert send_reminders(now=self.on(4, 1)) == 0

    def test_after_a_pause_of_the_worker_both_do_not_leave_at_once(self, request_row: PaymentRequest) -> None:
        assert [send_reminders(now=self.on(4, day)) for day in (1, 2, 14, 15)] == [1, 0, 0, 1]

    @pytest.mark.control
    def test_without_the_ledger_a_level_leaves_each_day(self, request_row: PaymentRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reminders.PaymentReminder.objects, "create", lambda **row: PaymentReminder(**row))
        assert [send_reminders(now=self.on(2, day)) for day in (17, 18)] == [1, 1]
