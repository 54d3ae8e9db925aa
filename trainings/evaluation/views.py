"""An evaluation by its link, and the team lead somebody names by her manage link. GET shows, POST acts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core import clock
from core.languages import current_language
from core.views.token import TokenActionView
from trainings.enrolment.selectors import enrolment_with_session
from trainings.evaluation import links
from trainings.evaluation.answer import CannotEvaluate, current_answers, save_evaluation, submit_evaluation
from trainings.evaluation.forms import TeamLeadForm
from trainings.evaluation.team_lead import TooLate, can_name, name_team_lead
from trainings.evaluation.window import is_closed, window_of
from trainings.models import AnswerSet, Enrolment
from trainings.models.questionnaires import Purpose
from trainings.questionnaires.views import QuestionnaireFormMixin
from trainings.sessions.titles import page_for_module


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a link stands for."""

    enrolment: Enrolment
    kind: str


def title_of(enrolment: Enrolment) -> str:
    """What the session is called on public pages."""
    session = enrolment.session
    sheet = page_for_module(session.module, current_language()) if session.module else None
    return str(sheet.title if sheet else session.name)


class EvaluationView(QuestionnaireFormMixin, TokenActionView[Evaluation]):
    """The questions, what was answered so far in them; once they are sent, a word of thanks."""

    template_name = "trainings/evaluation/evaluate.html"

    def find(self, token: str) -> Evaluation | None:
        found = links.read(token)
        return Evaluation(*found) if found else None

    @cached_property
    def answer_set(self) -> AnswerSet:
        return current_answers(self.row.enrolment, self.row.kind)

    def get_context(self) -> dict[str, Any]:
        return {"session_title": title_of(self.row.enrolment), "kind": self.row.kind, "enrolment": self.row.enrolment}

    def instead_of_form(self) -> HttpResponse | None:
        enrolment, kind = self.row.enrolment, self.row.kind
        if links.has_answered(enrolment, kind):
            can_name_lead = kind != Purpose.LEAD and can_name(enrolment, clock.now())
            return self.page(template="trainings/evaluation/thanks.html", can_name_lead=can_name_lead)
        window, now = window_of(enrolment.session, kind), clock.now()
        if window is None or not links.evaluation_link(enrolment, kind) or is_closed(enrolment.session, kind) or now >= window.closes_at:
            return self.page(template="trainings/evaluation/closed.html", status=410)
        if now < window.opens_at:
            return self.page(template="trainings/evaluation/closed.html", opens_at=window.opens_at)
        return None

    def page(self, *, template: str = "", status: int = 200, **context: Any) -> HttpResponse:
        shown = {} if template else {"version": self.answer_set.version}
        return super().page(template=template, status=status, **shown, **context)

    def act(self, form: Any) -> HttpResponse:
        write = submit_evaluation if form.is_final else save_evaluation
        try:
            write(enrolment=self.row.enrolment, kind=self.row.kind, answers=form.answers(), now=form.now)
        except CannotEvaluate:
            return redirect("trainings:evaluate", token=self.token)
        if not form.is_final:
            messages.success(self.request, _("Your answers are saved. Come back with the same link until you send them."))
        return redirect("trainings:evaluate", token=self.token)


class TeamLeadView(TokenActionView[Enrolment]):
    """Names the team lead, or takes that back."""

    template_name = "trainings/evaluation/team_lead.html"
    form_class = TeamLeadForm

    def find(self, token: str) -> Enrolment | None:
        return enrolment_with_session(token)

    def get_context(self) -> dict[str, Any]:
        return {"session_title": title_of(self.row), "enrolment": self.row}

    def form_kwargs(self) -> dict[str, Any]:
        lead = links.lead_of(self.row)
        return {"initial": {"name": lead.name, "email": lead.email, "agrees": True} if lead else {}}

    def instead_of_form(self) -> HttpResponse | None:
        if can_name(self.row, clock.now()):
            return None
        return self.page(template="trainings/evaluation/closed.html", status=410)

    def act(self, form: Any) -> HttpResponse:
        try:
            name_team_lead(enrolment=self.row, name=form.cleaned_data["name"], email=form.cleaned_data["email"], now=form.now)
        except TooLate:
            return redirect("trainings:team_lead", token=self.token)
        told = _("Thank you. We write to your team lead once.") if form.cleaned_data["email"] else _("Nobody is written to.")
        messages.success(self.request, told)
        return redirect("trainings:manage_enrolment", token=self.token)
