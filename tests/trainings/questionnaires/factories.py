"""Questionnaires, their versions, questions and answers."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from trainings.models import (
    AnswerSet,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    """Of needs: evaluations have one questionnaire each. Without a version."""

    class Meta:
        model = Questionnaire

    name = factory.Sequence(lambda n: f"Analyse des besoins {n}")
    purpose = "needs"


class QuestionnaireVersionFactory(DjangoModelFactory[QuestionnaireVersion]):
    """A draft without questions, its title in three languages. `is_open=True`: people answer it."""

    class Meta:
        model = QuestionnaireVersion

    class Params:
        is_open = factory.Trait(opened_at=factory.LazyFunction(timezone.now))

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = factory.LazyAttribute(lambda version: version.questionnaire.versions.count() + 1)
    title_fr = "Vos besoins"
    title_nl = "Uw noden"
    title_en = "Your needs"


class QuestionFactory(DjangoModelFactory[Question]):
    """A scale, complete in three languages."""

    class Meta:
        model = Question

    version = factory.SubFactory(QuestionnaireVersionFactory)
    kind = "scale"
    text_fr = factory.Sequence(lambda n: f"Question {n} ?")
    text_nl = factory.Sequence(lambda n: f"Vraag {n}?")
    text_en = factory.Sequence(lambda n: f"Question {n}?")


class AnswerSetFactory(DjangoModelFactory[AnswerSet]):
    """Open, nothing answered yet."""

    class Meta:
        model = AnswerSet

    version = factory.SubFactory(QuestionnaireVersionFactory, is_open=True)
    language = "fr"
