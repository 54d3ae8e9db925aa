"""The public form of a version, made of its questions."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PublicForm
from trainings.models import Question, QuestionnaireVersion
from trainings.models.questionnaires import CHOICES, QuestionKind
from trainings.questionnaires.answer import Answers

PREFIX = "question_"
SHORT, LONG = 200, 4000
# The button that keeps answers without sending them.
SAVE = "save"
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]


class AnswerForm(PublicForm):
    """Subclasses, one a version, have a field for each question. Reached by a secret link only; a whole room may share one client IP."""

    scope: ClassVar[str] = "answers"
    is_timed: ClassVar[bool] = False
    limit_per_ip: ClassVar[int] = 600
    questions: ClassVar[list[Question]] = []

    def __init__(self, data: Any = None, *args: Any, answers: Answers | None = None, **kwargs: Any) -> None:
        known = answers or {}
        stored = {PREFIX + question.key: _shown(question, known.get(question.key)) for question in self.questions}
        super().__init__(data, *args, initial=stored, **kwargs)
        self.is_final = data is None or SAVE not in data
        if not self.is_final:
            # What is only kept may have gaps.
            for question in self.questions:
                self.fields[PREFIX + question.key].required = False

    def answers(self) -> Answers:
        """What was answered, by key, as JSON keeps it; questions without an answer are left out."""
        stored = {question.key: _stored(question, self.cleaned_data[PREFIX + question.key]) for question in self.questions}
        return {key: value for key, value in stored.items() if value not in (None, "", [])}


def form_of(version: QuestionnaireVersion) -> type[AnswerForm]:
    """The form of a version, in the reader's language."""
    questions = list(version.questions.all())
    fields: dict[str, Any] = {PREFIX + question.key: _field(question) for question in questions}
    return type(AnswerForm.__name__, (AnswerForm,), {"questions": questions, **fields})


def _field(question: Question) -> forms.Field:
    common = {"label": question.text, "help_text": question.help, "required": question.is_required}
    return MAKERS[QuestionKind(question.kind)](question, common)


def _choice(question: Question, common: dict[str, Any]) -> forms.Field:
    marks = {"data-scale": ""} if question.kind == QuestionKind.SCALE else {}
    return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect(attrs=marks), **common)


MAKERS: dict[QuestionKind, Callable[[Question, dict[str, Any]], forms.Field]] = {
    QuestionKind.SHORT_TEXT: lambda question, common: forms.CharField(max_length=SHORT, **common),
    QuestionKind.LONG_TEXT: lambda question, common: forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **common),
    QuestionKind.ONE_OF: _choice,
    QuestionKind.SCALE: _choice,
    QuestionKind.SEVERAL_OF: lambda question, common: forms.MultipleChoiceField(
        choices=question.choices, widget=forms.CheckboxSelectMultiple, **common
    ),
    QuestionKind.NUMBER: lambda question, common: forms.DecimalField(
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Write this as a number, for example 12.")},
        **common,
    ),
    QuestionKind.DATE: lambda question, common: forms.DateField(
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This day cannot be read. Write it like this: 19/01/2027.")},
        **common,
    ),
}


def _stored(question: Question, value: Any) -> Any:
    if question.kind == QuestionKind.SEVERAL_OF:
        return [int(each) for each in value]
    if question.kind in {*CHOICES, QuestionKind.SCALE}:
        return int(value) if value else None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, datetime.date) else value


def _shown(question: Question, value: Any) -> Any:
    if value is None:
        return None
    if question.kind == QuestionKind.NUMBER:
        return Decimal(value)
    return datetime.date.fromisoformat(value) if question.kind == QuestionKind.DATE else value
