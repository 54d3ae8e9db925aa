"""A questionnaire by its secret link: filled in over several visits, then sent. GET shows, POST acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.views.token import TokenActionView
from trainings.models import AnswerSet
from trainings.questionnaires.answer import AlreadySent, save_answers, submit_answers
from trainings.questionnaires.forms import AnswerForm, form_of
from trainings.questionnaires.selectors import answers_in_words


class QuestionnaireFormMixin:
    """For a view whose form is a questionnaire: subclasses give `answer_set`."""

    request: Any

    @property
    def answer_set(self) -> AnswerSet:
        raise NotImplementedError

    def _form(self, data: Any) -> AnswerForm:
        return form_of(self.answer_set.version)(data, request=self.request, answers=self.answer_set.answers)


class AnswerView(QuestionnaireFormMixin, TokenActionView[AnswerSet]):
    """The questions with what was answered so far; once they are sent, what was answered."""

    template_name = "trainings/questionnaires/answer.html"

    def find(self, token: str) -> AnswerSet | None:
        return AnswerSet.objects.select_related("version__questionnaire").filter(token=token).first()

    @property
    def answer_set(self) -> AnswerSet:
        return self.row

    def get_context(self) -> dict[str, Any]:
        return {"version": self.row.version, "saved_on": self.row.saved_on}

    def instead_of_form(self) -> HttpResponse | None:
        return self.sent() if self.row.is_submitted else None

    def sent(self) -> HttpResponse:
        return self.page(template="trainings/questionnaires/sent.html", lines=answers_in_words(self.row), sent_on=self.row.submitted_on)

    def act(self, form: Any) -> HttpResponse:
        write = submit_answers if form.is_final else save_answers
        try:
            write(answer_set=self.row, answers=form.answers(), now=form.now)
        except AlreadySent:
            return redirect("trainings:answer", token=self.token)
        if not form.is_final:
            messages.success(self.request, _("Your answers are saved. Come back with the same link until you send them."))
        return redirect("trainings:answer", token=self.token)
