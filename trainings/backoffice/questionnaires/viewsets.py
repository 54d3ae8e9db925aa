"""The viewsets of questionnaires. Versions have no entry of their own in the menu: they are reached from their questionnaire."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from core.backoffice.viewsets import EditableViewSet
from trainings.backoffice.questionnaires.views import (
    QuestionnaireCreateView,
    QuestionnaireEditView,
    QuestionnaireForm,
    QuestionnaireIndexView,
    QuestionnaireInspectView,
    VersionEditView,
    VersionIndexView,
    VersionInspectView,
)
from trainings.models import Questionnaire, QuestionnaireVersion


class QuestionnaireViewSet(EditableViewSet):
    """Questionnaires with their versions."""

    model = Questionnaire
    name = "trainings_questionnaires"
    url_prefix = "trainings/questionnaires"
    icon = "form"
    index_view_class = QuestionnaireIndexView
    inspect_view_class = QuestionnaireInspectView
    add_view_class = QuestionnaireCreateView
    edit_view_class = QuestionnaireEditView
    inspect_view_enabled = True
    list_filter = ("purpose",)
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("purpose")], base_form_class=QuestionnaireForm)


def _in_three(name: str, heading: Promise) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(f"{name}_fr"), FieldPanel(f"{name}_nl"), FieldPanel(f"{name}_en")], heading=heading)


class QuestionnaireVersionViewSet(EditableViewSet):
    """The questions of one version."""

    model = QuestionnaireVersion
    name = "trainings_questionnaire_versions"
    url_prefix = "trainings/questionnaire-versions"
    icon = "form"
    index_view_class = VersionIndexView
    inspect_view_class = VersionInspectView
    edit_view_class = VersionEditView
    inspect_view_enabled = True
    disabled_views: ClassVar[set[str]] = EditableViewSet.disabled_views | {"add", "delete"}
    edit_handler = ObjectList(
        [
            _in_three("title", _("Title")),
            _in_three("intro", _("Introduction")),
            InlinePanel(
                "questions",
                heading=_("Questions"),
                label=_("Question"),
                panels=[
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required")]),
                    FieldPanel("text_fr"),
                    FieldPanel("text_nl"),
                    FieldPanel("text_en"),
                    FieldPanel("options_fr"),
                    FieldPanel("options_nl"),
                    FieldPanel("options_en"),
                    FieldPanel("help_fr"),
                    FieldPanel("help_nl"),
                    FieldPanel("help_en"),
                ],
            ),
        ]
    )
