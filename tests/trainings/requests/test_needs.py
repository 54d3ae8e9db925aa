"""The needs of a team, asked by a questionnaire that is answered by link."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.trainings.mail import kinds_to, links_in, mails_to
from tests.trainings.questionnaires.factories import QuestionFactory
from tests.trainings.requests.factories import TrainingRequestFactory
from tests.trainings.requests.stories import coordinator
from trainings.models import AnswerSet, TrainingRequest
from trainings.models.questionnaires import Purpose
from trainings.models.requests import Turn
from trainings.questionnaires.answer import submit_answers
from trainings.requests.forget import forget_contact
from trainings.requests.selectors import requests_with_turn
from trainings.requests.steps import ask_for_needs, note_all_answers

pytestmark = pytest.mark.django_db


def turn(request: TrainingRequest) -> str:
    return requests_with_turn(timezone.localdate()).get(pk=request.pk).turn


@pytest.fixture
def asked() -> TrainingRequest:
    """Asked by a questionnaire of one question."""
    question = QuestionFactory(
        version__is_open=True,
        version__questionnaire__purpose=Purpose.NEEDS,
        text_fr="Que font vos collègues ?",
        key="TRAVAIL1",
        kind="long_text",
    )
    request: TrainingRequest = TrainingRequestFactory()
    return ask_for_needs(request=request, questionnaire=question.version.questionnaire, now=timezone.now(), by=coordinator())


def answer(request: TrainingRequest) -> None:
    answer_set = request.answer_set
    assert answer_set
    submit_answers(answer_set=answer_set, answers={"TRAVAIL1": "Des nuits."}, now=timezone.now())


def test_the_mail_leads_to_the_questions_and_the_answers_stand_on_both_pages(asked: TrainingRequest) -> None:
    assert asked.answer_set
    assert any(asked.answer_set.token in link for link in links_in(mails_to(asked.email)[-1].text))
    assert turn(asked) == Turn.THEIRS
    answer(asked)
    assert turn(asked) == Turn.OURS
    page = Client().get(reverse("trainings:follow_request", args=[asked.token])).content.decode()
    assert "Des nuits." in page


def test_who_is_in_charge_hears_of_it_once(asked: TrainingRequest) -> None:
    assert asked.owner
    assert note_all_answers(now=timezone.now()) == 0, "nothing was sent yet"
    answer(asked)
    assert [note_all_answers(now=timezone.now()) for _again in range(2)] == [1, 0]
    assert kinds_to(asked.owner.email) == ["request_news"]


def test_asked_once_more_it_is_their_turn_and_the_first_answers_stay(asked: TrainingRequest) -> None:
    assert asked.answer_set
    assert asked.owner
    answer(asked)
    questionnaire = asked.answer_set.version.questionnaire
    again = ask_for_needs(request=asked, questionnaire=questionnaire, now=timezone.now(), by=asked.owner)
    assert turn(again) == Turn.THEIRS
    assert AnswerSet.objects.filter(about=again.about).count() == 2


def test_a_contact_person_who_is_forgotten_takes_her_answers_along(asked: TrainingRequest) -> None:
    answer(asked)
    forget_contact(asked.email, now=timezone.now())
    assert not AnswerSet.objects.filter(about=asked.about).exists()
    assert Client().get(reverse("trainings:follow_request", args=[asked.token])).status_code == 404
