"""Somebody answers a questionnaire by link, in several visits, in her language."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.trainings.forms import send, started
from tests.trainings.questionnaires.factories import AnswerSetFactory, QuestionFactory, QuestionnaireFactory, QuestionnaireVersionFactory
from trainings.models import AnswerSet, Question
from trainings.questionnaires.answer import (
    AlreadySent,
    NothingToAnswer,
    forget_answers,
    open_answer_set,
    save_answers,
    submit_answers,
)
from trainings.questionnaires.selectors import answers_in_words

pytestmark = pytest.mark.django_db

KINDS = {
    "one_of": {"options_fr": "oui\nnon", "options_nl": "ja\nnee", "options_en": "yes\nno"},
    "several_of": {"options_fr": "écoute\nrue\nlogement", "options_nl": "a\nb\nc", "options_en": "a\nb\nc"},
}


@pytest.fixture
def questions() -> dict[str, Question]:
    """One of each kind; the scale must be answered."""
    version = QuestionnaireVersionFactory(is_open=True)
    kinds = ("scale", "short_text", "long_text", "one_of", "several_of", "number", "date")
    return {
        kind: QuestionFactory(version=version, kind=kind, sort_order=place, is_required=kind == "scale", **KINDS.get(kind, {}))
        for place, kind in enumerate(kinds)
    }


@pytest.fixture
def answer_set(questions: dict[str, Question]) -> AnswerSet:
    questionnaire = questions["scale"].version.questionnaire
    return open_answer_set(questionnaire, language="fr", about="request:12")


def url(answer_set: AnswerSet, language: str = "fr") -> str:
    with override(language):
        return reverse("trainings:answer", args=[answer_set.token])


def filled(questions: dict[str, Question], **answers: object) -> dict[str, object]:
    return {f"question_{questions[kind].key}": value for kind, value in answers.items()}


def stored(answer_set: AnswerSet, questions: dict[str, Question]) -> dict[str, object]:
    answer_set.refresh_from_db()
    return {kind: answer_set.answers[question.key] for kind, question in questions.items() if question.key in answer_set.answers}


def test_what_is_saved_is_there_at_the_next_visit_and_sent_once(
    client: Client, answer_set: AnswerSet, questions: dict[str, Question]
) -> None:
    """The required scale may wait until all is sent."""
    some = filled(questions, short_text="Équipe de rue", several_of=["1", "3"], number="12,5", date="2027-01-19")
    answer = send(client, url(answer_set), **some, save="1")
    assert "Vos réponses sont enregistrées" in client.get(answer["Location"]).content.decode()
    expected = {"short_text": "Équipe de rue", "several_of": [1, 3], "number": "12.5", "date": "2027-01-19"}
    assert stored(answer_set, questions) == expected
    page = client.get(url(answer_set)).content.decode()
    assert 'value="Équipe de rue"' in page
    assert 'value="2027-01-19"' in page

    assert send(client, url(answer_set), **some).status_code == 422
    again = started(client, url(answer_set))
    answer = send(client, url(answer_set), **some, **filled(questions, scale="4", one_of="1"))
    assert "Merci" in client.get(answer["Location"]).content.decode()
    assert stored(answer_set, questions) == {"scale": 4, "one_of": 1} | expected
    assert answer_set.submitted_on == timezone.localdate()
    client.post(url(answer_set), filled(questions, scale="1") | {"started": again})
    assert stored(answer_set, questions)["scale"] == 4


def test_the_words_are_those_of_the_reader(client: Client, answer_set: AnswerSet, questions: dict[str, Question]) -> None:
    page = client.get(url(answer_set, "nl")).content.decode()
    assert questions["one_of"].text_nl in page
    assert "nee" in page
    assert questions["one_of"].text_fr not in page


def test_answers_are_told_in_words(answer_set: AnswerSet, questions: dict[str, Question]) -> None:
    answers = {"scale": 5, "several_of": [1, 2], "date": "2027-01-19", "one_of": 2}
    submit_answers(answer_set=answer_set, answers={questions[kind].key: value for kind, value in answers.items()}, now=timezone.now())
    answer_set.refresh_from_db()
    with override("fr"):
        told = {question.kind: words for question, words in answers_in_words(answer_set) if words}
    assert told == {"scale": "5 – tout à fait", "several_of": "écoute, rue", "date": "19/01/2027", "one_of": "non"}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("scale", "6"), ("one_of", "3"), ("several_of", ["9"]), ("number", "douze"), ("date", "31/02/2027"), ("short_text", "x" * 201)],
    ids=["scale", "one of", "several of", "number", "date", "too long"],
)
def test_what_cannot_be_is_refused_with_the_question_and_what_was_typed_stays(
    client: Client, answer_set: AnswerSet, questions: dict[str, Question], kind: str, typed: object
) -> None:
    sent = filled(questions, scale="4", long_text="À garder") | filled(questions, **{kind: typed})
    answer = send(client, url(answer_set), **sent)
    assert answer.status_code == 422
    assert "À garder" in answer.content.decode()
    assert not stored(answer_set, questions)


def test_nothing_is_changed_after_sending(answer_set: AnswerSet) -> None:
    submit_answers(answer_set=answer_set, answers={}, now=timezone.now())
    for write in (save_answers, submit_answers):
        with pytest.raises(AlreadySent):
            write(answer_set=answer_set, answers={"x": 1}, now=timezone.now())


def test_who_has_begun_finishes_the_version_she_began(client: Client, answer_set: AnswerSet, questions: dict[str, Question]) -> None:
    questions["scale"].version.__class__.objects.update(retired_at=timezone.now())
    assert questions["scale"].text_fr in client.get(url(answer_set)).content.decode()


def test_a_questionnaire_without_an_open_version_is_not_answered() -> None:
    with pytest.raises(NothingToAnswer):
        open_answer_set(QuestionnaireFactory(), language="fr", about="")


def test_answers_are_forgotten_by_what_they_are_about() -> None:
    AnswerSetFactory(about="request:1"), AnswerSetFactory(about="request:2")
    assert forget_answers(about="request:1") == 1
    assert AnswerSet.objects.get().about == "request:2"


def test_an_unknown_link_says_so_and_a_known_one_is_private(client: Client, answer_set: AnswerSet) -> None:
    assert client.get(url(AnswerSet(token="x" * 43))).status_code == 404
    headers = client.get(url(answer_set)).headers
    assert (headers["X-Robots-Tag"], headers["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in headers["Cache-Control"]


def test_looking_changes_nothing(client: Client, answer_set: AnswerSet) -> None:
    client.get(url(answer_set))
    assert AnswerSet.objects.get().saved_on is None


def test_only_days_are_kept(answer_set: AnswerSet) -> None:
    """In which order people answered is nobody's business."""
    moments = [field.name for field in AnswerSet._meta.fields if field.get_internal_type() == "DateTimeField"]
    assert moments == []
    save_answers(answer_set=answer_set, answers={}, now=datetime.datetime(2027, 1, 19, 23, 30, tzinfo=datetime.UTC))
    answer_set.refresh_from_db()
    assert answer_set.saved_on == datetime.date(2027, 1, 20)
