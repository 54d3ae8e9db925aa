"""A coordinator builds a questionnaire: versions, three languages, and nothing changed under what people answered."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from tests.trainings.questionnaires.factories import QuestionFactory, QuestionnaireFactory, QuestionnaireVersionFactory
from trainings.models import Question, Questionnaire, QuestionnaireVersion
from trainings.questionnaires import build
from trainings.questionnaires.build import BuildRefusal, CannotBuild, lock_draft, next_version, open_version, start_questionnaire
from trainings.questionnaires.completeness import missing_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_a_new_questionnaire_has_a_first_draft() -> None:
    version = start_questionnaire(questionnaire=Questionnaire(name="Analyse des besoins", purpose="needs"))
    assert (version.number, version.is_draft, version.title_fr) == (1, True, "Analyse des besoins")


def test_a_version_is_opened_once_its_three_languages_are_complete() -> None:
    question = QuestionFactory(text_en="")
    with pytest.raises(CannotBuild) as refusal:
        open_version(version=question.version, now=timezone.now())
    assert refusal.value.reason == BuildRefusal.INCOMPLETE
    Question.objects.update(text_en="How was it?")
    assert open_version(version=question.version, now=timezone.now()).is_open


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({"text_nl": ""}, "the question is missing in: Dutch."),
        ({"help_fr": "Un indice"}, "the hint is missing in: Dutch, English."),
        ({"kind": "one_of"}, "give at least two answers, as many in each language."),
        (
            {"kind": "several_of", "options_fr": "a\nb", "options_nl": "a\nb", "options_en": "a"},
            "give at least two answers, as many in each language.",
        ),
        ({"options_fr": "peu\nbeaucoup"}, "give the words at 1 and at 5 in each language, or none."),
    ],
    ids=["question", "hint", "no answers", "fewer answers in English", "ends of a scale"],
)  # fmt: skip
def test_what_is_missing_is_named(words: dict[str, str], missing: str) -> None:
    question = QuestionFactory(**words)
    assert missing_words(question.version) == [f"1. {question.text_fr}: {missing}"]


def test_an_introduction_stands_in_all_languages_or_in_none() -> None:
    version = QuestionFactory().version
    assert missing_words(version) == []
    version.intro_fr = "Deux minutes suffisent."
    assert missing_words(version) == ["The introduction is missing in: Dutch, English."]


def test_a_version_without_questions_is_not_opened() -> None:
    assert missing_words(QuestionnaireVersionFactory()) == ["There is no question yet."]


def test_an_opened_version_is_frozen() -> None:
    version = open_version(version=QuestionFactory().version, now=timezone.now())
    with pytest.raises(CannotBuild) as refusal:
        lock_draft(version)
    assert refusal.value.reason == BuildRefusal.NOT_A_DRAFT


def test_the_next_version_is_a_copy_whose_questions_keep_their_keys() -> None:
    first = QuestionFactory(text_fr="Première ?", sort_order=0).version
    QuestionFactory(version=first, text_fr="Deuxième ?", kind="long_text", sort_order=1)
    open_version(version=first, now=timezone.now())
    second = next_version(questionnaire=first.questionnaire)
    assert (second.number, second.is_draft, second.title_nl) == (2, True, first.title_nl)
    assert list(second.questions.values_list("key", "text_fr", "kind")) == list(first.questions.values_list("key", "text_fr", "kind"))
    with pytest.raises(CannotBuild, match="has_draft"):
        next_version(questionnaire=first.questionnaire)


def test_opening_the_next_version_retires_the_one_before() -> None:
    first = open_version(version=QuestionFactory().version, now=timezone.now())
    second = open_version(version=next_version(questionnaire=first.questionnaire), now=timezone.now())
    first.refresh_from_db()
    assert (first.is_open, second.is_open) == (False, True)


def test_an_evaluation_is_the_same_for_everybody() -> None:
    """One questionnaire for each kind of evaluation; as many analyses of needs as one likes."""
    QuestionnaireFactory(), QuestionnaireFactory()
    QuestionnaireFactory(purpose="hot")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireFactory(purpose="hot")


@pytest.mark.control
def test_without_the_look_at_three_languages_people_would_read_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "missing_words", lambda version: [])
    version = QuestionFactory(text_en="").version
    assert open_version(version=version, now=timezone.now()).is_open


@pytest.mark.control
def test_without_the_guard_of_drafts_a_version_could_be_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """And its date of opening be changed, its questions too."""
    version = open_version(version=QuestionFactory().version, now=timezone.now())
    monkeypatch.setattr(build, "lock_draft", lambda version: QuestionnaireVersion.objects.get(pk=version.pk))
    QuestionnaireVersion.objects.update(retired_at=timezone.now())
    later = timezone.now()
    assert open_version(version=version, now=later).opened_at == later
