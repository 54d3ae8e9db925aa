"""The menu 'Training courses' of the Wagtail admin: one viewset a model, all with a safe export and none with revisions."""

from typing import Any, ClassVar

from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.merging.urls import MergeableMixin
from core.backoffice.viewsets import EditableViewSet, ReadOnlyViewSet
from trainings.backoffice.catalogue.modules import ModuleIndexView
from trainings.backoffice.catalogue.screen import ModuleCreateView, ModuleEditView, ModuleInspectView
from trainings.backoffice.catalogue_years.views import CatalogueYearViewSet
from trainings.backoffice.cycles.viewset import CycleViewSet
from trainings.backoffice.enrolment.certificates import CertificateIndexView, CertificateInspectView
from trainings.backoffice.enrolment.views import AddEnrolmentView, EnrolmentIndexView, EnrolmentInspectView
from trainings.backoffice.filters import CertificateFilterSet, EnrolmentFilterSet, SessionFilterSet
from trainings.backoffice.forms import ModuleForm, SessionForm, TrainerForm
from trainings.backoffice.mailings.viewset import MailRuleViewSet
from trainings.backoffice.people.history import ParticipantIndexView, ParticipantInspectView
from trainings.backoffice.permissions import VIEW_EVALUATIONS
from trainings.backoffice.questionnaires.viewsets import QuestionnaireViewSet
from trainings.backoffice.requests.views import RequestFilterSet, RequestIndexView, RequestInspectView
from trainings.backoffice.sessions.views import SessionCreateView, SessionEditView, SessionIndexView, SessionInspectView
from trainings.backoffice.trainers.own_page import TrainerIndexView
from trainings.models import Certificate, Enrolment, Module, Participant, Session, Trainer, TrainingRequest, Venue


class SessionViewSet(EditableViewSet):
    """Sessions with their meetings."""

    model = Session
    name = "trainings_sessions"
    url_prefix = "trainings/sessions"
    icon = "date"
    index_view_class = SessionIndexView
    inspect_view_class = SessionInspectView
    add_view_class = SessionCreateView
    edit_view_class = SessionEditView
    inspect_view_enabled = True
    filterset_class = SessionFilterSet
    search_fields = ("module__name", "title", "reference", "venue__name")
    list_export = (
        "reference",
        "name",
        "starts_at",
        "ends_at",
        "get_language_display",
        "venue",
        "capacity",
        "confirmed_count",
        "offered_count",
        "waiting_count",
        "get_status_display",
    )
    export_headings: ClassVar = {
        "name": _("Session"),
        "starts_at": _("Begins"),
        "ends_at": _("Ends"),
        "get_language_display": _("Language"),
        "confirmed_count": _("Confirmed"),
        "offered_count": _("Offered"),
        "waiting_count": _("Waiting"),
        "get_status_display": _("Status"),
    }
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("kind"), FieldPanel("module"), FieldPanel("title"), FieldPanel("language")], heading=_("What")),
            MultiFieldPanel(
                [FieldPanel("cycle"), FieldRowPanel([FieldPanel("programme"), FieldPanel("project")]), FieldPanel("file_reference")],
                heading=_("Counted with"),
            ),
            InlinePanel(
                "meetings",
                heading=_("Meetings"),
                label=_("Meeting"),
                panels=[FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("host")],
                help_text=_("One half-day or evening each. People enrol in all of them at once."),
            ),
            MultiFieldPanel(
                [FieldPanel("delivery"), FieldPanel("venue"), FieldPanel("suits_access_needs"), FieldPanel("online_url")],
                heading=_("Where"),
            ),
            MultiFieldPanel([FieldPanel("capacity"), FieldPanel("enrolment_closes_at")], heading=_("Seats")),
            FieldRowPanel([FieldPanel("price_cents"), FieldPanel("reduced_price_cents")], heading=_("Price")),
            MultiFieldPanel([FieldPanel("freed_seats"), FieldPanel("answer_hours")], heading=_("Waiting list")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kept_seats"), FieldPanel("kept_until")]),
                    FieldPanel("kept_sectors", widget=CheckboxSelectMultiple),
                    FieldRowPanel([FieldPanel("most_per_organisation"), FieldPanel("most_until")]),
                    FieldRowPanel([FieldPanel("most_per_sector"), FieldPanel("most_per_zone")]),
                ],
                heading=_("Who gets the seats"),
                help_text=_("Said to everybody on the enrolment form. Without a rule, seats go in the order of the list."),
            ),
            MultiFieldPanel(
                [FieldPanel("certificate_percent"), FieldPanel("check_in"), FieldPanel("is_accredited")],
                heading=_("Presence and certificate"),
            ),
            FieldPanel("trainers", widget=CheckboxSelectMultiple),
            MultiFieldPanel([FieldPanel("note_before"), FieldPanel("note_after"), FieldPanel("internal_note")], heading=_("Notes")),
        ],
        base_form_class=SessionForm,
    )


class EnrolmentViewSet(ReadOnlyViewSet):
    """Enrolments. New ones go through the same service as the public form."""

    model = Enrolment
    name = "trainings_enrolments"
    url_prefix = "trainings/enrolments"
    icon = "group"
    index_view_class = EnrolmentIndexView
    inspect_view_class = EnrolmentInspectView
    filterset_class = EnrolmentFilterSet
    disabled_views: ClassVar[set[str]] = ReadOnlyViewSet.disabled_views - {"add"}

    def get_urlpatterns(self) -> list[URLPattern]:
        rest = [each for each in super().get_urlpatterns() if each.name != "add"]
        return [*rest, path("new/", AddEnrolmentView.as_view(), name="add")]


class ParticipantViewSet(MergeableMixin, ReadOnlyViewSet):
    """People, each with a history."""

    model = Participant
    name = "trainings_participants"
    url_prefix = "trainings/participants"
    icon = "user"
    index_view_class = ParticipantIndexView
    inspect_view_class = ParticipantInspectView
    list_export = ("name", "email", "enrolment_count", "latest_at")
    export_headings: ClassVar = {"enrolment_count": _("Enrolments"), "latest_at": _("Latest enrolment")}


class CertificateViewSet(ReadOnlyViewSet):
    """Certificates."""

    model = Certificate
    name = "trainings_certificates"
    url_prefix = "trainings/certificates"
    icon = "doc-full"
    index_view_class = CertificateIndexView
    inspect_view_class = CertificateInspectView
    filterset_class = CertificateFilterSet


class RequestViewSet(ReadOnlyViewSet):
    """Requests of organisations: each step goes through its action."""

    model = TrainingRequest
    name = "trainings_requests"
    url_prefix = "trainings/requests"
    icon = "mail"
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    filterset_class = RequestFilterSet
    search_fields = ("organisation_name", "name", "reference")


class ModuleViewSet(EditableViewSet):
    """The facts of the sheets; their words are pages."""

    model = Module
    name = "trainings_modules"
    url_prefix = "trainings/modules"
    icon = "list-ul"
    index_view_class = ModuleIndexView
    inspect_view_class = ModuleInspectView
    add_view_class = ModuleCreateView
    edit_view_class = ModuleEditView
    inspect_view_enabled = True
    list_filter = ("theme", "programme", "format")
    search_fields = ("name", "number")
    ordering = "number"
    list_export = ("number", "name", "theme", "get_programme_display", "get_format_display", "days", "price", "interested_count")
    export_headings: ClassVar = {
        "get_programme_display": _("Programme"),
        "get_format_display": _("Format"),
        "interested_count": _("Waiting for a date"),
    }
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("number"), FieldPanel("name"), FieldPanel("theme"), FieldPanel("programme")], heading=_("What")),
            MultiFieldPanel([FieldPanel("format"), FieldPanel("delivery"), FieldPanel("days"), FieldPanel("languages")], heading=_("How")),
            MultiFieldPanel([FieldPanel("group_min"), FieldPanel("group_max"), FieldPanel("price")], heading=_("Group and price")),
            MultiFieldPanel([FieldPanel("is_accredited"), FieldPanel("is_example")], heading=_("Marks")),
            FieldPanel("related", widget=CheckboxSelectMultiple),
        ],
        base_form_class=ModuleForm,
    )


class VenueViewSet(EditableViewSet):
    """Places where sessions meet."""

    model = Venue
    name = "trainings_venues"
    url_prefix = "trainings/venues"
    icon = "home"
    list_display = ("name", "postal_address", "is_step_free", "has_accessible_toilet")
    search_fields = ("name", "street", "municipality_fr", "municipality_nl")
    exclude_form_fields: ClassVar[list[str]] = []


class TrainerViewSet(EditableViewSet):
    """The pool. A trainer with an account sees and marks her own sessions."""

    model = Trainer
    name = "trainings_trainers"
    url_prefix = "trainings/trainers"
    icon = "glasses"
    index_view_class = TrainerIndexView
    list_display = ("name", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("email"), FieldPanel("user"), FieldPanel("is_active")], heading=_("Who")),
            MultiFieldPanel(
                [FieldPanel("languages"), FieldPanel("strengths"), FieldPanel("themes", widget=CheckboxSelectMultiple)],
                heading=_("What the person brings"),
            ),
            InlinePanel(
                "absences",
                heading=_("Away"),
                label=_("Absence"),
                panels=[FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
            ),
        ],
        base_form_class=TrainerForm,
    )


class EvaluationMenuItem(MenuItem):
    """The results of evaluations."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(VIEW_EVALUATIONS))


class TrainingsViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Training courses")
    menu_icon = "calendar-check"
    menu_order = MenuOrder.TRAININGS
    items = (
        SessionViewSet,
        CycleViewSet,
        EnrolmentViewSet,
        ParticipantViewSet,
        CertificateViewSet,
        RequestViewSet,
        ModuleViewSet,
        VenueViewSet,
        TrainerViewSet,
        MailRuleViewSet,
        CatalogueYearViewSet,
        QuestionnaireViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        evaluation = EvaluationMenuItem(_("Evaluation"), reverse("trainings_backoffice:evaluation"), icon_name="clipboard-list", order=900)
        return [*super().get_submenu_items(), evaluation]
