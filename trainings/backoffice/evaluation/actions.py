"""Closing an evaluation before its time, so that it is counted today."""

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from trainings.backoffice.permissions import CLOSE_EVALUATIONS
from trainings.backoffice.sessions.base import SessionActionView
from trainings.evaluation.close import AlreadyClosed, NotOpenYet, close_evaluation
from trainings.evaluation.links import invited
from trainings.models import AnswerSet
from trainings.models.questionnaires import EVALUATIONS, Purpose


class CloseEvaluationView(SessionActionView):
    """Nobody can answer any more. Cannot be undone: results that grow by one answer would tell whose it is."""

    permission = CLOSE_EVALUATIONS
    action_label = gettext_lazy("Close this evaluation")
    log_action = "trainings.close_evaluation"
    done = gettext_lazy("The evaluation is closed and counted.")
    refusals: ClassVar = {
        AlreadyClosed: gettext_lazy("It is closed already."),
        NotOpenYet: gettext_lazy("It cannot be answered yet: there is nothing to close."),
    }

    @property
    def kind(self) -> Purpose:
        if self.kwargs["kind"] not in EVALUATIONS:
            raise Http404
        return Purpose(self.kwargs["kind"])

    def effects(self) -> list[str]:
        sent = AnswerSet.objects.filter(session=self.object, version__questionnaire__purpose=self.kind).count()
        asked = invited(self.object.enrolments.all(), self.kind).count()
        told = ngettext("%(sent)s of %(asked)s person has answered.", "%(sent)s of %(asked)s people have answered.", asked)
        return [
            f"{self.kind.label}: " + told % {"sent": sent, "asked": asked},
            _("Nobody can answer any more, and what was not sent is erased. The results can be seen at once. This cannot be undone."),
        ]

    def step(self, form: Any) -> None:
        close_evaluation(session=self.object, kind=self.kind, now=clock.now())

    @property
    def back_url(self) -> str:
        return f"{reverse('trainings_backoffice:evaluation')}?session={self.object.pk}&kind={self.kind.value}"
