"""What a coordinator does to a questionnaire: the next version, and opening it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.next_step import Gap
from trainings.backoffice.permissions import BUILD_QUESTIONNAIRES
from trainings.backoffice.questionnaires.refusals import BUILD_REFUSALS
from trainings.models import Questionnaire, QuestionnaireVersion
from trainings.questionnaires.build import CannotBuild, next_version, open_version
from trainings.questionnaires.completeness import missing_words


class NextVersionView(ObjectActionView[Questionnaire]):
    """A draft that begins as a copy."""

    model = Questionnaire
    viewset_name = "trainings_questionnaires"
    permission = BUILD_QUESTIONNAIRES
    header_icon = "form"
    action_label = gettext_lazy("Make the next version")
    log_action = "trainings.next_questionnaire_version"
    done = gettext_lazy("The next version is a draft. Change its questions, then open it.")
    refusals: ClassVar = {CannotBuild: lambda refusal: BUILD_REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        return [
            _("A draft is made with the questions of the latest version. People go on answering the version that is open."),
            _("Answers to a question that you keep are counted together with those of earlier versions."),
        ]

    def step(self, form: Any) -> None:
        next_version(questionnaire=self.object)


class OpenVersionView(ObjectActionView[QuestionnaireVersion]):
    """From now on people answer this one."""

    model = QuestionnaireVersion
    viewset_name = "trainings_questionnaire_versions"
    permission = BUILD_QUESTIONNAIRES
    header_icon = "form"
    action_label = gettext_lazy("Open this version")
    log_action = "trainings.open_questionnaire_version"
    done = gettext_lazy("This version is open: people answer it from now on.")
    refusals: ClassVar = {CannotBuild: lambda refusal: BUILD_REFUSALS[refusal.reason]}

    def rows_for(self, user: Any) -> QuerySet[QuestionnaireVersion]:
        return QuestionnaireVersion.objects.select_related("questionnaire")

    def effects(self) -> list[str]:
        return [
            _("People answer this version from now on, in the three languages. Who has begun with the one before finishes that one."),
            _("Its questions can no longer be changed. To change something later, make the next version."),
        ]

    def gaps(self) -> list[Gap]:
        url = reverse("trainings_questionnaire_versions:edit", args=[self.object.pk])
        return [Gap(text=text, url=url, is_blocking=True) for text in missing_words(self.object)]

    def step(self, form: Any) -> None:
        open_version(version=self.object, now=clock.now())

    @property
    def back_url(self) -> str:
        return reverse("trainings_questionnaires:inspect", args=[self.object.questionnaire_id])
