"""Somebody evaluates a session by her link: once, without her name, in several visits if she likes."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from time_machine import travel

from core.privacy import registry as privacy
from tests.trainings.evaluation.scenes import DAY, answered, closed, make_questionnaire, past_session, people
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory
from tests.trainings.forms import send
from trainings.enums import AttendanceStatus, SessionStatus
from trainings.evaluation import answer
from trainings.evaluation.answer import CannotEvaluate, save_evaluation, submit_evaluation
from trainings.evaluation.close import AlreadyClosed, NotOpenYet, close_due_evaluations
from trainings.evaluation.links import evaluation_link, has_answered, lead_of, read, sign
from trainings.evaluation.team_lead import name_team_lead
from trainings.models import AnswerSet, Enrolment, EvaluationRound, EvaluationTicket, Question, TeamLead

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions() -> tuple[Question, Question]:
    return make_questionnaire()


@pytest.fixture
def enrolment(questions: tuple[Question, Question]) -> Enrolment:
    return people(past_session(), 1)[0]


def url(enrolment: Enrolment, kind: str = "hot", language: str = "fr") -> str:
    with override(language):
        return reverse("trainings:evaluate", args=[sign(enrolment, kind)])


def field(question: Question) -> str:
    return f"question_{question.key}"


class TestTheForm:
    def test_it_is_answered_once_and_the_person_is_thanked(self, client: Client, enrolment: Enrolment, questions: Any) -> None:
        scale, remark = questions
        answer = send(client, url(enrolment), **{field(scale): "4", field(remark): "Merci !"})
        thanks = client.get(answer["Location"]).content.decode()
        assert "Merci pour vos réponses" in thanks
        assert AnswerSet.objects.get().answers == {scale.key: 4, remark.key: "Merci !"}
        assert field(scale) not in thanks

    def test_a_long_one_takes_several_visits(self, client: Client, enrolment: Enrolment, questions: Any) -> None:
        scale, remark = questions
        send(client, url(enrolment), **{field(remark): "À suivre", "save": "1"})
        assert "À suivre" in client.get(url(enrolment)).content.decode()
        send(client, url(enrolment), **{field(scale): "5", field(remark): "Fini"})
        assert AnswerSet.objects.get().answers == {scale.key: 5, remark.key: "Fini"}

    def test_what_must_be_answered_is_asked_for(self, client: Client, enrolment: Enrolment, questions: Any) -> None:
        _scale, remark = questions
        answer = send(client, url(enrolment), **{field(remark): "Reste là"})
        assert answer.status_code == 422
        assert "Reste là" in answer.content.decode()
        assert not AnswerSet.objects.exists()

    def test_the_questions_are_in_the_language_of_the_page(self, client: Client, enrolment: Enrolment) -> None:
        assert "Was het nuttig?" in client.get(url(enrolment, language="nl")).content.decode()

    def test_too_early_and_too_late(self, client: Client, enrolment: Enrolment) -> None:
        with travel(timezone.now() - 2 * DAY):
            assert "Un peu trop tôt" in client.get(url(enrolment)).content.decode()
        with travel(timezone.now() + 21 * DAY):
            assert client.get(url(enrolment)).status_code == 410

    def test_a_link_that_is_not_ours_is_unknown(self, client: Client, enrolment: Enrolment) -> None:
        forged = url(enrolment).replace(sign(enrolment, "hot"), "x" * 60)
        assert client.get(forged).status_code == 404
        assert client.get(url(enrolment)).headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_looking_writes_nothing(self, client: Client, enrolment: Enrolment) -> None:
        client.get(url(enrolment))
        assert not EvaluationTicket.objects.exists()
        assert not AnswerSet.objects.exists()


class TestNobodyIsKnown:
    def test_what_was_sent_names_the_session_and_the_day_only(self, enrolment: Enrolment, questions: Any) -> None:
        scale, _remark = questions
        save_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: 3}, now=timezone.now())
        begun = EvaluationTicket.objects.get().draft
        submit_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: 3}, now=timezone.now())
        ticket, sent = EvaluationTicket.objects.get(), AnswerSet.objects.get()
        assert (ticket.is_used, ticket.draft) == (True, None)
        assert begun is not None
        assert sent.pk != begun.pk
        facts = {
            each.name: getattr(sent, each.attname) for each in sent._meta.fields if each.name not in {"id", "token", "version", "answers"}
        }
        assert facts == {
            "language": "",
            "about": "",
            "session": enrolment.session_id,
            "saved_on": None,
            "submitted_on": timezone.localdate(),
        }

    def test_a_ticket_knows_no_moment_and_no_answers(self) -> None:
        """A day on it would lead to the answers of that day."""
        assert {each.name for each in EvaluationTicket._meta.fields} == {"id", "enrolment", "kind", "draft", "is_used"}

    def test_keys_tell_no_order(self, questions: Any) -> None:
        answered(past_session(), 1, 2, 3, 4, 5, 1, 2, 3, questions=questions)
        keys = list(AnswerSet.objects.values_list("pk", flat=True))
        assert all(key.version == 4 for key in keys)

    def test_erasing_the_person_leaves_the_answers_of_nobody(self, enrolment: Enrolment, questions: Any) -> None:
        scale, _remark = questions
        submit_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: 3}, now=timezone.now())
        link = sign(enrolment, "hot")
        privacy.of("trainings").erase(enrolment.email, now=timezone.now())
        assert AnswerSet.objects.count() == 1
        assert not EvaluationTicket.objects.exists()
        assert read(link) is None

    def test_what_is_not_sent_yet_is_hers_exported_and_erased(self, enrolment: Enrolment, questions: Any) -> None:
        _scale, remark = questions
        save_evaluation(enrolment=enrolment, kind="hot", answers={remark.key: "Brouillon"}, now=timezone.now())
        assert "Brouillon" in str(privacy.of("trainings").export(enrolment.email))
        privacy.of("trainings").erase(enrolment.email, now=timezone.now())
        assert not AnswerSet.objects.exists()


class TestOnce:
    def test_nobody_answers_twice(self, enrolment: Enrolment, questions: Any) -> None:
        scale, _remark = questions
        submit_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: 3}, now=timezone.now())
        for write in (submit_evaluation, save_evaluation):
            with pytest.raises(CannotEvaluate):
                write(enrolment=enrolment, kind="hot", answers={scale.key: 5}, now=timezone.now())
        assert AnswerSet.objects.get().answers == {scale.key: 3}

    @pytest.mark.control
    def test_without_the_ticket_she_could(self, enrolment: Enrolment, questions: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        scale, _remark = questions

        def fresh(enrolment: Enrolment, kind: str, now: datetime.datetime) -> EvaluationTicket:
            EvaluationTicket.objects.all().delete()
            return EvaluationTicket.objects.create(enrolment=enrolment, kind=kind)

        monkeypatch.setattr(answer, "_ticket", fresh)
        for score in (3, 5):
            submit_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: score}, now=timezone.now())
        assert AnswerSet.objects.count() == 2


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        ("facts", "status"),
        [({}, ""), ({"is_waiting": True}, ""), ({"is_cancelled": True}, ""), ({}, AttendanceStatus.ABSENT), ({}, AttendanceStatus.LATE)],
        ids=["confirmed", "waiting", "cancelled", "absent", "late"],
    )
    def test_who_had_a_seat_and_was_there(self, questions: Any, facts: dict[str, bool], status: str) -> None:
        enrolment = EnrolmentFactory(session=past_session(), **facts)
        if status:
            AttendanceFactory(enrolment=enrolment, status=status)
        assert bool(evaluation_link(enrolment, "hot")) == (not facts and status != AttendanceStatus.ABSENT)

    def test_nobody_for_a_session_that_was_called_off(self, questions: Any) -> None:
        [enrolment] = people(past_session(status=SessionStatus.CANCELLED), 1)
        assert evaluation_link(enrolment, "hot") == ""
        with pytest.raises(CannotEvaluate):
            submit_evaluation(enrolment=enrolment, kind="hot", answers={}, now=timezone.now())

    def test_nobody_without_an_open_questionnaire(self, enrolment: Enrolment) -> None:
        assert evaluation_link(enrolment, "cold") == ""

    def test_the_link_is_in_her_language(self, enrolment: Enrolment) -> None:
        enrolment.language = "nl"
        assert "/nl/evaluatie/" in evaluation_link(enrolment, "hot")

    def test_months_later_she_is_asked_something_else(self, client: Client, questions: Any) -> None:
        make_questionnaire("cold")
        [enrolment] = people(past_session(days_ago=100), 1)
        assert client.get(url(enrolment, "cold")).status_code == 200
        assert client.get(url(enrolment, "hot")).status_code == 410


class TestTheTeamLead:
    @pytest.fixture
    def later(self) -> Enrolment:
        make_questionnaire("lead")
        return people(past_session(days_ago=100), 1)[0]

    def team_lead_url(self, enrolment: Enrolment) -> str:
        with override("fr"):
            return reverse("trainings:team_lead", args=[enrolment.token])

    def test_she_is_asked_only_where_the_participant_agreed(self, client: Client, later: Enrolment) -> None:
        assert evaluation_link(later, "lead") == ""
        answer = send(client, self.team_lead_url(later), name="Sam Exemple", email="chef@example.org")
        assert answer.status_code == 422
        send(client, self.team_lead_url(later), name="Sam Exemple", email="chef@example.org", agrees="on")
        lead = lead_of(later)
        assert lead is not None
        assert (lead.name, lead.email) == ("Sam Exemple", "chef@example.org")
        assert client.get(url(later, "lead")).status_code == 200

    def test_the_participant_takes_it_back(self, client: Client, later: Enrolment) -> None:
        name_team_lead(enrolment=later, name="Sam Exemple", email="chef@example.org", now=timezone.now())
        link = url(later, "lead")
        send(client, self.team_lead_url(later), name="", email="")
        assert lead_of(later) is None
        assert client.get(link).status_code == 410

    def test_her_link_does_not_lead_to_the_enrolment(self, later: Enrolment) -> None:
        assert later.token not in sign(later, "lead")
        assert sign(later, "lead") != sign(later, "cold")

    def test_she_may_ask_to_be_forgotten(self, later: Enrolment) -> None:
        name_team_lead(enrolment=later, name="Sam Exemple", email="chef@example.org", now=timezone.now())
        assert privacy.of("trainings").export("chef@example.org")["named_as_team_lead"]
        privacy.of("trainings").erase("Chef@example.org", now=timezone.now())
        assert not TeamLead.objects.exists()


class TestClosing:
    def test_nobody_answers_any_more_and_tickets_and_drafts_are_gone(self, client: Client, enrolment: Enrolment, questions: Any) -> None:
        scale, _remark = questions
        answered(enrolment.session, 3, 4, questions=questions)
        save_evaluation(enrolment=enrolment, kind="hot", answers={scale.key: 1}, now=timezone.now())
        done = closed(enrolment.session)
        assert (done.answered, done.invited) == (2, 3)
        assert not EvaluationTicket.objects.exists()
        assert AnswerSet.objects.count() == 2
        with pytest.raises(CannotEvaluate):
            submit_evaluation(enrolment=enrolment, kind="hot", answers={}, now=timezone.now())
        assert client.get(url(enrolment)).status_code == 410
        with pytest.raises(AlreadyClosed):
            closed(enrolment.session)

    def test_what_nobody_could_answer_yet_is_not_closed(self, enrolment: Enrolment) -> None:
        with pytest.raises(NotOpenYet):
            closed(enrolment.session, "cold")

    def test_it_closes_by_itself_when_its_time_is_over(self, enrolment: Enrolment, questions: Any) -> None:
        answered(enrolment.session, 3, questions=questions)
        past_session()  # nobody answered: nothing to count
        assert close_due_evaluations(now=timezone.now()) == 0
        assert has_answered(Enrolment.objects.latest("pk"), "hot")
        assert close_due_evaluations(now=timezone.now() + 21 * DAY) == 1
        assert EvaluationRound.objects.get().session == enrolment.session
        assert close_due_evaluations(now=timezone.now() + 22 * DAY) == 0

    def test_the_address_of_a_team_lead_is_forgotten(self) -> None:
        make_questionnaire("lead")
        [enrolment] = people(past_session(days_ago=100), 1)
        name_team_lead(enrolment=enrolment, name="Sam Exemple", email="chef@example.org", now=timezone.now())
        close_due_evaluations(now=timezone.now() + 120 * DAY)
        assert not TeamLead.objects.exists()


def test_the_manage_page_leads_to_it(client: Client, enrolment: Enrolment) -> None:
    with override("fr"):
        manage = reverse("trainings:manage_enrolment", args=[enrolment.token])
    assert url(enrolment) in client.get(manage).content.decode()
