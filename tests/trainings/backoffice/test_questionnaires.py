"""The coordinator builds a questionnaire in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.questionnaires.factories import AnswerSetFactory, QuestionFactory, QuestionnaireFactory, QuestionnaireVersionFactory
from tests.versions import Tab
from trainings.models import Questionnaire, QuestionnaireVersion

pytestmark = pytest.mark.django_db

LISTING = "/admin/trainings/questionnaires/"
QUESTION = {
    "kind": "scale", "is_required": "on", "ORDER": "1", "DELETE": "", "id": "",
    **{f"{name}_{language}": "" for name in ("help", "options") for language in ("fr", "nl", "en")},
    "text_fr": "Était-ce utile ?", "text_nl": "Was het nuttig?", "text_en": "Was it useful?",
}  # fmt: skip


def page_of(client: Client, questionnaire: Questionnaire) -> str:
    return client.get(reverse("trainings_questionnaires:inspect", args=[questionnaire.pk])).content.decode()


def form_of(client: Client, version: QuestionnaireVersion) -> Any:
    return Tab(client, reverse("trainings_questionnaire_versions:edit", args=[version.pk])).fields


def act(client: Client, name: str, row: Any) -> Any:
    return client.post(reverse(f"trainings_backoffice:{name}", args=[row.pk]))


def test_from_nothing_to_a_version_that_people_answer(coordinator: Client) -> None:
    coordinator.post(f"{LISTING}new/", {"name": "Évaluation à chaud", "purpose": "hot"})
    questionnaire = Questionnaire.objects.get()
    [draft] = questionnaire.versions.all()
    assert "The title is missing in: Dutch, English." in page_of(coordinator, questionnaire)
    assert act(coordinator, "open_questionnaire_version", draft).status_code == 422

    words = {"title_fr": "Votre avis", "title_nl": "Uw mening", "title_en": "Your opinion", "questions-TOTAL_FORMS": "1"}
    typed = form_of(coordinator, draft) | words | {f"questions-0-{name}": value for name, value in QUESTION.items()}
    answer = coordinator.post(reverse("trainings_questionnaire_versions:edit", args=[draft.pk]), typed)
    assert answer.status_code == 302
    assert draft.questions.get().text_nl == "Was het nuttig?"
    assert "Open this version" in page_of(coordinator, questionnaire)
    assert act(coordinator, "open_questionnaire_version", draft).status_code == 302
    draft.refresh_from_db()
    assert draft.is_open
    assert "Make the next version" in page_of(coordinator, questionnaire)


def test_an_opened_version_has_no_form_any_more(coordinator: Client) -> None:
    """Not even for somebody who had it open before."""
    draft = QuestionFactory().version
    typed = form_of(coordinator, draft) | {"title_fr": "Autre chose"}
    QuestionnaireVersion.objects.update(opened_at=timezone.now())
    url = reverse("trainings_questionnaire_versions:edit", args=[draft.pk])
    assert coordinator.get(url).status_code == 302
    coordinator.post(url, typed)
    draft.refresh_from_db()
    assert draft.title_fr == "Vos besoins"


def test_what_was_answered_is_not_deleted(coordinator: Client) -> None:
    questionnaire = AnswerSetFactory().version.questionnaire
    coordinator.post(reverse("trainings_questionnaires:delete", args=[questionnaire.pk]))
    assert Questionnaire.objects.exists()


def test_the_next_version_is_made_by_a_button(coordinator: Client) -> None:
    version = QuestionFactory(version__is_open=True).version
    assert act(coordinator, "next_questionnaire_version", version.questionnaire).status_code == 302
    assert [each.number for each in version.questionnaire.versions.drafts()] == [2]
    assert "There is a draft already" in act(coordinator, "next_questionnaire_version", version.questionnaire).content.decode()


def test_a_second_evaluation_of_a_kind_is_refused_with_words(coordinator: Client) -> None:
    QuestionnaireFactory(purpose="hot")
    answer = coordinator.post(f"{LISTING}new/", {"name": "Encore une", "purpose": "hot"})
    assert "There is one already" in answer.content.decode()


def test_the_kind_stays(coordinator: Client) -> None:
    questionnaire = QuestionnaireFactory(purpose="needs")
    url = reverse("trainings_questionnaires:edit", args=[questionnaire.pk])
    coordinator.post(url, Tab(coordinator, url).fields | {"name": "Besoins", "purpose": "hot"})
    questionnaire.refresh_from_db()
    assert (questionnaire.name, questionnaire.purpose) == ("Besoins", "needs")


def test_a_version_is_read_in_its_three_languages(coordinator: Client) -> None:
    version = QuestionFactory(text_fr="Pourquoi ?", text_nl="Waarom?", text_en="Why?").version
    screen = coordinator.get(reverse("trainings_questionnaire_versions:inspect", args=[version.pk])).content.decode()
    assert all(word in screen for word in ("Pourquoi", "Waarom", "Why"))


def test_the_listing_says_which_version_is_open(coordinator: Client, django_assert_max_num_queries: Any) -> None:
    QuestionnaireVersionFactory.create_batch(5, is_open=True)
    coordinator.get(LISTING)
    with django_assert_max_num_queries(20):
        assert "Open version" in coordinator.get(LISTING).content.decode()


def test_a_trainer_builds_nothing(as_trainer: Client) -> None:
    version = QuestionFactory().version
    assert act(as_trainer, "open_questionnaire_version", version).status_code in {302, 403}
    assert not QuestionnaireVersion.objects.open().exists()
    assert browser_of(member("Trainer")).get(LISTING).status_code in {302, 403}
