"""Questionnaires in the admin: the listing, one questionnaire with its versions, the questions of a draft."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core.backoffice.listing import FigureColumn, IndexView, InspectView
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.versions.views import EditView
from trainings.backoffice.permissions import BUILD_QUESTIONNAIRES
from trainings.backoffice.questionnaires.refusals import BUILD_REFUSALS
from trainings.models import Questionnaire, QuestionnaireVersion
from trainings.questionnaires.build import BuildRefusal, CannotBuild, lock_draft, start_questionnaire
from trainings.questionnaires.completeness import missing_words


class QuestionnaireForm(WagtailAdminModelForm):
    """Name and purpose. The purpose stays: answers are counted by it."""

    class Meta:
        model = Questionnaire
        fields = ("name", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["purpose"].disabled = True


class QuestionnaireIndexView(IndexView):
    """Which version of each is answered now."""

    list_display = (
        "name",
        Column("purpose", label=gettext_lazy("Kind of questionnaire"), accessor="get_purpose_display", sort_key="purpose"),
        FigureColumn("open_number", label=gettext_lazy("Open version"), accessor=lambda row: row.open_number or "–"),
    )

    def rows_for(self, user: Any) -> QuerySet[Questionnaire]:
        return Questionnaire.objects.with_open_version()


class QuestionnaireCreateView(generic.CreateView):
    """A new questionnaire has a first draft, whose questions come next."""

    def save_instance(self) -> Questionnaire:
        questionnaire: Questionnaire = self.form.save(commit=False)
        start_questionnaire(questionnaire=questionnaire)
        return questionnaire

    def get_success_url(self) -> str:
        return reverse("trainings_questionnaires:inspect", args=[self.object.pk])


class QuestionnaireEditView(EditView):
    """The name."""

    def get_success_url(self) -> str:
        return reverse("trainings_questionnaires:inspect", args=[self.object.pk])


class QuestionnaireInspectView(InspectView):
    """One questionnaire: all its versions, and the step that brings it on."""

    template_name = "trainings/backoffice/questionnaire_inspect.html"
    page_title = gettext_lazy("Questionnaire")

    @cached_property
    def versions(self) -> list[Any]:
        found: Any = self.object.versions.all()
        return list(found.with_counts().prefetch_related("questions"))

    @cached_property
    def draft(self) -> Any:
        return next((each for each in self.versions if each.is_draft), None)

    @property
    def _builds(self) -> bool:
        return bool(self.request.user.has_perm(BUILD_QUESTIONNAIRES))

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=url, icon_name="edit", priority=10)] if url else []

    def gaps(self) -> list[Gap]:
        """What the draft lacks before it can be opened."""
        if not self._builds or self.draft is None:
            return []
        url = reverse("trainings_questionnaire_versions:edit", args=[self.draft.pk])
        return [Gap(text=text, url=url, is_blocking=True) for text in missing_words(self.draft)]

    def next_step(self) -> NextStep | None:
        if not self._builds:
            return None
        if self.draft is None:
            return NextStep(label=_("Make the next version"), url=self.action_url("next_questionnaire_version"), icon="plus")
        if missing_words(self.draft):
            url = reverse("trainings_questionnaire_versions:edit", args=[self.draft.pk])
            return NextStep(label=_("Write the questions"), url=url, icon="edit")
        url = reverse("trainings_backoffice:open_questionnaire_version", args=[self.draft.pk])
        return NextStep(label=_("Open this version"), url=url, icon="upload")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"versions": self.versions, "can_edit": self._builds}


class VersionRowsMixin:
    """Versions go by the name of their questionnaire."""

    def rows_for(self, user: Any) -> QuerySet[QuestionnaireVersion]:
        return QuestionnaireVersion.objects.with_counts().select_related("questionnaire")


class VersionIndexView(VersionRowsMixin, IndexView):
    """All versions of all questionnaires."""

    list_display = (
        "__str__",
        Column("state", label=gettext_lazy("Status")),
        FigureColumn("question_count", label=gettext_lazy("Questions")),
        FigureColumn("answer_count", label=gettext_lazy("Answers")),
    )


class VersionInspectView(VersionRowsMixin, InspectView):
    """The questions of a version in the three languages."""

    template_name = "trainings/backoffice/version_inspect.html"
    page_title = gettext_lazy("Version")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"questions": self.object.questions.all()}


class VersionEditView(EditView):
    """The form of a draft. An opened version is frozen: its answers would no longer say what was asked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.get_object().is_draft:
            return self._frozen()
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().post(request, *args, **kwargs)
        except CannotBuild:
            return self._frozen()

    def lock_row(self) -> None:
        super().lock_row()
        lock_draft(self.get_object())

    def _frozen(self) -> HttpResponseBase:
        messages.error(self.request, BUILD_REFUSALS[BuildRefusal.NOT_A_DRAFT])
        return redirect("trainings_questionnaires:inspect", self.get_object().questionnaire_id)

    def get_success_url(self) -> str:
        return reverse("trainings_questionnaires:inspect", args=[self.object.questionnaire_id])
