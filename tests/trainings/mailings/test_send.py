"""What leaves by rule, when, to whom, and how often."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.models import OutgoingMail
from tests.trainings.factories import AttendanceFactory, CertificateFactory, EnrolmentFactory
from tests.trainings.mail import mails_to
from tests.trainings.mailings.factories import MailRuleFactory
from tests.trainings.mailings.moments import at, move, session_on
from tests.trainings.payment.factories import CreditNoteFactory, PaymentLineFactory, PaymentRequestFactory
from tests.trainings.questionnaires.factories import QuestionnaireFactory, QuestionnaireVersionFactory
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.evaluation.links import evaluation_link
from trainings.mailings import letters
from trainings.mailings.rules import add_starter_rules, count_from_now, leave_out, note_team_lead, put_back, switch_rule
from trainings.mailings.selectors import due_mails, planned_mails
from trainings.mailings.send import send_by_rule, send_due_mails
from trainings.models import Enrolment, EvaluationTicket, MailRule, PaymentRequest, RuleMail, Session
from trainings.models.mailings import Audience, MailKind, Moment
from trainings.models.questionnaires import Purpose

pytestmark = pytest.mark.django_db
EARLY = at(1, 2)


def enrolled(session: Session, **facts: object) -> Enrolment:
    made: Enrolment = EnrolmentFactory(session=session, created_at=EARLY, **facts)
    return made


class TestAtItsMoment:
    def test_a_reminder_leaves_once_at_its_hour(self) -> None:
        """Session on 10 March: on the 8th at ten."""
        MailRuleFactory()
        who = enrolled(session_on(3, 10), language="nl")
        assert send_due_mails(now=at(3, 8, 9, 59)) == 0
        assert send_due_mails(now=at(3, 8, 10)) == 1
        assert [send_due_mails(now=at(3, 8, 10, 5)), send_due_mails(now=at(3, 9, 10))] == [0, 0]
        mail = mails_to(who.email)[0]
        assert mail.subject.startswith("Binnenkort: ")
        assert (mail.language, mail.about) == ("nl", f"enrolment:{who.pk}")
        assert "woensdag 10 maart 2027" in mail.text
        assert who.token in mail.text

    @pytest.mark.parametrize("day", [(3, 28), (10, 31)], ids=["spring", "autumn"])
    def test_the_hour_is_that_of_the_clock_on_the_wall(self, day: tuple[int, int]) -> None:
        """The clock changes on the day itself."""
        rule = MailRuleFactory(days=1, moment=Moment.AFTER_LAST)
        changes = at(*day, 10)
        eve = changes - datetime.timedelta(days=1)
        enrolled(session_on(eve.month, eve.day))
        planned = planned_mails(now=EARLY, until=at(12, 31))
        assert [each.leaves_at for each in planned if each.rule == rule] == [changes]

    def test_nothing_leaves_at_night(self) -> None:
        """The worker stood still from nine to the next night: the mail waits for the morning."""
        MailRuleFactory()
        enrolled(session_on(3, 10))
        assert [send_due_mails(now=at(3, 8, 23)), send_due_mails(now=at(3, 9, 8, 59))] == [0, 0]
        assert due_mails(now=at(3, 8, 23))[0].leaves_at == at(3, 9, 9)
        assert send_due_mails(now=at(3, 9, 9)) == 1

    @pytest.mark.control
    def test_without_quiet_hours_it_would(self, monkeypatch: pytest.MonkeyPatch) -> None:
        MailRuleFactory()
        enrolled(session_on(3, 10))
        monkeypatch.setattr("trainings.mailings.send.by_day", lambda moment: moment)
        assert send_due_mails(now=at(3, 8, 23)) == 1

    def test_a_reminder_too_late_is_none(self) -> None:
        MailRuleFactory()
        enrolled(session_on(3, 10))
        assert send_due_mails(now=at(3, 10, 9, 30)) == 0


class TestFactsDecide:
    def test_a_moved_session_moves_its_mail(self) -> None:
        MailRuleFactory()
        session = session_on(3, 10)
        enrolled(session)
        move(session, at(4, 20, 9, 30))
        assert send_due_mails(now=at(3, 8, 10)) == 0
        assert [each.leaves_at for each in planned_mails(now=at(3, 8), until=at(5, 1))] == [at(4, 18, 10)]

    @pytest.mark.parametrize(("to", "again"), [(at(3, 16, 9, 30), 0), (at(6, 10, 9, 30), 1)], ids=["by six days", "by three months"])
    def test_put_off_after_it_left_it_leaves_again_only_if_by_a_week(self, to: datetime.datetime, again: int) -> None:
        MailRuleFactory()
        session = session_on(3, 10)
        enrolled(session)
        assert send_due_mails(now=at(3, 8, 10)) == 1
        move(session, to)
        assert send_due_mails(now=to - datetime.timedelta(days=1)) == again
        assert send_due_mails(now=to - datetime.timedelta(hours=2, minutes=-30)) == 0

    def test_thanks_leave_once_whatever_is_added_to_the_session(self) -> None:
        MailRuleFactory(days=1, moment=Moment.AFTER_LAST)
        session = session_on(3, 10)
        enrolled(session)
        assert send_due_mails(now=at(3, 11, 10)) == 1
        move(session, at(5, 10, 9, 30))
        assert send_due_mails(now=at(5, 11, 10)) == 0

    @pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
    def test_a_session_that_does_not_take_place_writes_to_nobody(self, status: SessionStatus) -> None:
        MailRuleFactory()
        enrolled(session_on(3, 10, status=status))
        assert planned_mails(now=EARLY, until=at(4, 1)) == []
        assert send_due_mails(now=at(3, 8, 10)) == 0

    def test_who_cancelled_between_the_look_and_the_mail_gets_none(self) -> None:
        rule = MailRuleFactory()
        who = enrolled(session_on(3, 10))
        assert due_mails(now=at(3, 8, 10))[0].turns == {who.pk: 0}
        cancel_enrolment(enrolment=who, now=at(3, 8, 10))
        assert send_by_rule(rule_id=rule.pk, enrolment_id=who.pk, now=at(3, 8, 10)) is None

    def test_who_got_a_seat_after_it_left_knows_already_unless_the_rule_says_more(self) -> None:
        MailRuleFactory(), MailRuleFactory(kind=MailKind.PRACTICAL, subject_fr="Pratique", reaches_late=True)
        session = session_on(3, 10)
        enrolled(session)
        send_due_mails(now=at(3, 8, 10))
        late = EnrolmentFactory(session=session, created_at=at(3, 9, 11))
        assert send_due_mails(now=at(3, 9, 11)) == 1
        assert [mail.subject for mail in mails_to(late.email)] == ["Pratique"]

    def test_a_coordinator_leaves_one_out_and_puts_it_back(self, django_user_model: type) -> None:
        rule, session = MailRuleFactory(), session_on(3, 10)
        enrolled(session)
        by = django_user_model.objects.create(email="c@example.org")
        leave_out(rule=rule, session=session, now=EARLY, by=by)
        assert send_due_mails(now=at(3, 8, 10)) == 0
        put_back(rule=rule, session=session)
        assert send_due_mails(now=at(3, 8, 10)) == 1


class TestSwitchedOnLate:
    def test_the_past_is_not_flooded(self) -> None:
        """Two sessions are past their moment when the rule is switched on, one is not."""
        rule = MailRuleFactory(active_since=None, days=5, reaches_late=True)
        for day in (9, 10, 20):
            enrolled(session_on(3, day))
        switch_rule(rule=rule, on=True, now=at(3, 8))
        assert send_due_mails(now=at(3, 8, 13)) == 0
        assert [each.leaves_at for each in planned_mails(now=at(3, 8), until=at(4, 8)) if each.turns] == [at(3, 15, 10)]

    @pytest.mark.control
    def test_a_rule_on_since_ever_would_write_to_them(self) -> None:
        MailRuleFactory(active_since=at(1, 1, year=2020), days=5)
        for day in (9, 10, 20):
            enrolled(session_on(3, day))
        assert send_due_mails(now=at(3, 8, 13)) == 2

    def test_another_moment_counts_from_now(self) -> None:
        rule = MailRuleFactory(days=1)
        enrolled(session_on(3, 10))
        MailRule.objects.update(days=20)
        count_from_now(rule=rule, now=at(3, 1))
        assert send_due_mails(now=at(3, 1, 13)) == 0

    def test_off_is_off(self) -> None:
        rule = MailRuleFactory()
        enrolled(session_on(3, 10))
        switch_rule(rule=rule, on=False, now=EARLY)
        assert send_due_mails(now=at(3, 8, 10)) == 0


class TestTheLedger:
    def test_mail_and_row_are_one_transaction(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rule = MailRuleFactory()
        who = enrolled(session_on(3, 10))

        def broken(*_args: object, **_facts: object) -> None:
            raise OSError("gone")

        with monkeypatch.context() as patch:
            patch.setattr(letters, "queue_mail", broken)
            with pytest.raises(OSError, match="gone"):
                send_by_rule(rule_id=rule.pk, enrolment_id=who.pk, now=at(3, 8, 10))
        assert not RuleMail.objects.exists()
        assert send_by_rule(rule_id=rule.pk, enrolment_id=who.pk, now=at(3, 8, 10))

    def test_the_database_refuses_a_second_row(self) -> None:
        MailRuleFactory()
        enrolled(session_on(3, 10))
        send_due_mails(now=at(3, 8, 10))
        row = RuleMail.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        assert OutgoingMail.objects.count() == 1


class TestWhoGetsIt:
    def test_presence_decides_after_the_session(self) -> None:
        MailRuleFactory(days=1, moment=Moment.AFTER_LAST, audience=Audience.PRESENT, kind=MailKind.THANKS, body_fr="Merci\n{certificate}")
        MailRuleFactory(days=1, moment=Moment.AFTER_LAST, audience=Audience.ABSENT, subject_fr="Dommage")
        session = session_on(3, 10)
        there, away, unmarked = (enrolled(session) for _each in range(3))
        planned = planned_mails(now=at(3, 1), until=at(4, 1))
        assert [(each.count, each.is_open, each.seated) for each in planned] == [(0, True, 3), (0, True, 3)]
        AttendanceFactory(enrolment=there)
        AttendanceFactory(enrolment=away, status=AttendanceStatus.ABSENT, minutes=0)
        CertificateFactory(enrolment=there)
        assert send_due_mails(now=at(3, 11, 10)) == 2
        assert "Télécharger mon attestation" in mails_to(there.email)[0].text
        assert [mail.subject for mail in mails_to(away.email)] == ["Dommage"]
        assert mails_to(unmarked.email) == []

    def test_thanks_of_a_roll_call_done_days_later_leave_then_but_not_after_two_weeks(self) -> None:
        MailRuleFactory(days=1, moment=Moment.AFTER_LAST, audience=Audience.PRESENT)
        session = session_on(3, 10)
        one, other = enrolled(session), enrolled(session)
        AttendanceFactory(enrolment=one)
        assert send_due_mails(now=at(3, 20)) == 1
        AttendanceFactory(enrolment=other)
        assert send_due_mails(now=at(3, 26)) == 0

    def test_who_waits_reads_no_link_of_the_meeting(self) -> None:
        MailRuleFactory(audience=Audience.WAITING)
        session = session_on(3, 10, delivery="hybrid", online_url="https://meet.example.org/x")
        seated, waits = enrolled(session), enrolled(session, is_waiting=True)
        assert send_due_mails(now=at(3, 8, 10)) == 1
        assert mails_to(seated.email) == []
        assert "meet.example.org" not in mails_to(waits.email)[0].text

    def test_a_team_lead_is_asked_where_she_agreed_and_gets_no_link_of_the_participant(self) -> None:
        open_questionnaire(Purpose.LEAD)
        words = "Bonjour {name}, il s’agit de {participant}.\n\n{evaluation}"
        MailRuleFactory(
            kind=MailKind.EVALUATION, audience=Audience.TEAM_LEADS, days=120, moment=Moment.AFTER_LAST, body_fr=words, body_nl=words
        )
        session = session_on(3, 10)
        with_lead, without = enrolled(session, language="nl"), enrolled(session)
        for each in (with_lead, without):
            AttendanceFactory(enrolment=each)
        note_team_lead(enrolment=with_lead, name="Zoé Cheffe", email="lead@example.org", language="fr", now=EARLY, by=None)
        assert send_due_mails(now=at(7, 8, 10)) == 1
        [mail] = mails_to("lead@example.org")
        assert f"Bonjour Zoé Cheffe, il s’agit de {with_lead.name}." in mail.text
        assert evaluation_link(with_lead, Purpose.LEAD, language="fr") in mail.text
        assert with_lead.token not in mail.text
        assert "une personne de votre équipe vous a désigné·e" in mail.text


def open_questionnaire(purpose: Purpose) -> None:
    QuestionnaireVersionFactory(questionnaire=QuestionnaireFactory(purpose=purpose), is_open=True)


class TestSources:
    """What other subjects say, and to whom they have nothing to say."""

    def test_who_has_answered_is_not_asked(self) -> None:
        open_questionnaire(Purpose.COLD)
        MailRuleFactory(
            kind=MailKind.EVALUATION, audience=Audience.PRESENT, days=120, moment=Moment.AFTER_LAST, body_fr="Votre avis\n{evaluation}"
        )
        session = session_on(3, 10)
        silent, answered = enrolled(session), enrolled(session)
        for each in (silent, answered):
            AttendanceFactory(enrolment=each)
        EvaluationTicket.objects.create(enrolment=answered, kind=Purpose.COLD, is_used=True)
        assert [each.count for each in planned_mails(now=at(7, 1), until=at(8, 1))] == [1]
        assert send_due_mails(now=at(7, 8, 10)) == 1
        assert evaluation_link(silent, Purpose.COLD) in mails_to(silent.email)[0].text

    def test_without_a_questionnaire_nobody_is_asked_and_thanks_are_said_all_the_same(self) -> None:
        MailRuleFactory(
            kind=MailKind.EVALUATION, audience=Audience.PRESENT, days=120, moment=Moment.AFTER_LAST, body_fr="Votre avis\n{evaluation}"
        )
        MailRuleFactory(
            kind=MailKind.THANKS, audience=Audience.PRESENT, days=1, moment=Moment.AFTER_LAST, body_fr="Merci\n\nVotre avis\n{evaluation}"
        )
        who = enrolled(session_on(3, 10))
        AttendanceFactory(enrolment=who)
        assert send_due_mails(now=at(3, 11, 10)) == 1
        assert "Votre avis" not in mails_to(who.email)[0].text
        assert send_due_mails(now=at(7, 8, 10)) == 0

    def test_who_pays_herself_is_reminded_of_what_is_still_due_and_nobody_else(self) -> None:
        MailRuleFactory(kind=MailKind.PAYMENT, body_fr="À payer :\n{payment}")
        session = session_on(3, 10)
        owes, paid, paid_for = (enrolled(session) for _each in range(3))
        for who, email in ((owes, owes.email.upper()), (paid, paid.email), (paid_for, "accounts@service.example.org")):
            PaymentLineFactory(request=PaymentRequestFactory(email=email), enrolment=who)
        request = PaymentRequest.objects.get(lines__enrolment=paid)
        CreditNoteFactory(request=request, total_cents=request.total_cents)
        assert [each.count for each in planned_mails(now=at(3, 1), until=at(4, 1))] == [1]
        assert send_due_mails(now=at(3, 8, 10)) == 1
        text = mails_to(owes.email)[0].text
        request = PaymentRequest.objects.get(lines__enrolment=owes)
        assert [each for each in ("120\u00a0€", request.communication_label, request.token) if each not in text] == []


def test_the_usual_rules_are_added_once_and_off() -> None:
    assert len(add_starter_rules()) == 6
    assert add_starter_rules() == []
    assert not MailRule.objects.exclude(active_since=None).exists()


def test_planning_costs_the_same_however_many_sessions_and_people(django_assert_num_queries: object) -> None:
    MailRuleFactory(), MailRuleFactory(audience=Audience.WAITING)
    for day in range(10, 16):
        session = session_on(3, day)
        for _each in range(4):
            enrolled(session)
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert sum(each.count for each in planned_mails(now=at(3, 1), until=at(4, 1))) == 24


def test_a_cancelled_enrolment_keeps_its_status() -> None:
    """The plan reads only who is in the session."""
    MailRuleFactory()
    enrolled(session_on(3, 10), status=EnrolmentStatus.CANCELLED)
    assert send_due_mails(now=at(3, 8, 10)) == 0
