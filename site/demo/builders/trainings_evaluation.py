"""Questionnaires in three languages, and what the people of past sessions answered: invented, the same each time."""

from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from trainings.models import AnswerSet, Enrolment, EvaluationRound, Question, Questionnaire, QuestionnaireVersion, Session
from trainings.models.questionnaires import Purpose, QuestionKind

SHEET = Path(__file__).parents[1] / "content" / "questionnaires.yaml"
LANGUAGES = ("fr", "nl", "en")
REMARKS = (
    "Les échanges entre équipes m’ont le plus apporté.",
    "Plus de temps pour les exercices.",
    "Merci, je repars avec des idées.",
    "La salle était un peu froide.",
)
# Every third person has not answered, every fourth wrote a remark.
SILENT, WROTE = 3, 4


def build_evaluations() -> None:
    """All questionnaires open; the end of past sessions evaluated and closed."""
    for facts in yaml.safe_load(SHEET.read_text("utf-8")):
        _open_questionnaire(facts)
    hot = QuestionnaireVersion.objects.open().get(questionnaire__purpose=Purpose.HOT)
    questions = list(hot.questions.all())
    for session in Session.objects.filter(meetings__roll_closed_at__isnull=False).distinct().order_by("pk"):
        _evaluate(session, hot, questions)


def _open_questionnaire(facts: dict[str, Any]) -> None:
    questionnaire = Questionnaire.objects.create(name=facts["name"], purpose=facts["purpose"])
    words = {f"title_{code}": facts["title"][code] for code in LANGUAGES}
    words |= {f"intro_{code}": facts["intro"][code] for code in LANGUAGES if "intro" in facts}
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, opened_at=timezone.now(), **words)
    Question.objects.bulk_create(_question(version, place, each) for place, each in enumerate(facts["questions"]))


def _question(version: QuestionnaireVersion, place: int, facts: dict[str, Any]) -> Question:
    words = {f"text_{code}": facts[code] for code in LANGUAGES}
    words |= {f"help_{code}": facts["help"][code] for code in LANGUAGES if "help" in facts}
    words |= {f"options_{code}": "\n".join(facts["options"][code]) for code in LANGUAGES if "options" in facts}
    return Question(version=version, sort_order=place, kind=facts["kind"], is_required=facts.get("required", False), **words)


def _evaluate(session: Session, version: QuestionnaireVersion, questions: list[Question]) -> None:
    people = Enrolment.objects.filter(session=session).confirmed().count()
    latest = max(meeting.ends_at for meeting in session.meetings.all())
    answering = [number for number in range(people) if number % SILENT]
    AnswerSet.objects.bulk_create(
        AnswerSet(version=version, session=session, answers=_answers(questions, number), submitted_on=timezone.localdate(latest))
        for number in answering
    )
    EvaluationRound.objects.create(
        session=session,
        kind=Purpose.HOT,
        closed_at=timezone.now(),
        invited=people,
        answered=len(answering),
        module=session.module,
        year=latest.year,
        trainer_ids=sorted(session.trainers.values_list("pk", flat=True)),
    )


def _answers(questions: list[Question], number: int) -> dict[str, Any]:
    """Mostly content, never all alike."""
    answers: dict[str, Any] = {}
    for place, question in enumerate(questions):
        turn = number + place
        if question.kind == QuestionKind.SCALE:
            answers[question.key] = 5 - (number // SILENT + place) % 3
        elif question.kind == QuestionKind.ONE_OF:
            answers[question.key] = 1 + (turn % 5 == 0)
        elif question.kind == QuestionKind.SEVERAL_OF:
            answers[question.key] = sorted({1 + turn % 4, 1 + turn % 3})
        elif number % WROTE == 0:
            answers[question.key] = REMARKS[number // WROTE % len(REMARKS)]
    return answers
