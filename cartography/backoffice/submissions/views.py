"""The moderation queue: submissions, what they would change, possible duplicates, and the decision."""

from typing import Any, ClassVar

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from cartography.backoffice.forms import DecisionForm
from cartography.backoffice.permissions import DECIDE
from cartography.backoffice.submissions.diff import differences
from cartography.enums import PlaceStatus, Precision, SubmissionKind, SubmissionStatus
from cartography.models import Submission
from cartography.places.data import CannotPlace
from cartography.places.duplicates import possible_duplicates
from cartography.submissions import services as services
from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.permissions import staff
from core.backoffice.screens import RowsMixin


def subject(row: Submission) -> str:
    """The place it is about, or the name it proposes."""
    return str(row.place) if row.place else str(row.values.get("name_fr", row.reference))


class SubmissionRows(RowsMixin):
    """With the place each is about."""

    def rows_for(self, user: Any) -> QuerySet[Submission]:
        return Submission.objects.select_related("place__sector", "decided_by")

    def object_name(self, row: Submission) -> str:
        return subject(row)


class SubmissionIndexView(SubmissionRows, IndexView):
    """What is to decide first, the oldest on top."""

    FORMATS = ()  # type: ignore[assignment]  # words and addresses of people do not leave
    default_ordering = "created_at"
    search_fields = ("reference", "place__name_fr", "place__name_nl", "comment")
    list_display = (
        TitleColumn("subject", label=gettext_lazy("About"), accessor=subject, url_name="cartography_queue:inspect"),
        "kind",
        "reference",
        DayColumn("created_at", label=gettext_lazy("Sent"), sort_key="created_at"),
        status_column(SubmissionStatus.OPEN),
    )

    def order_queryset(self, queryset: Any) -> Any:
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        is_open = Case(When(status=SubmissionStatus.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return queryset.order_by(is_open, "created_at", "pk")


def asks_to_return(sent: Submission) -> bool:
    """A service whose place was withdrawn sent its record again."""
    return sent.kind == SubmissionKind.EDIT and sent.place is not None and sent.place.status == PlaceStatus.WITHDRAWN


def needs_a_point(sent: Submission) -> bool:
    """It brings an address nobody has placed on the map."""
    return sent.values.get("precision") == Precision.ADDRESS and sent.values.get("lat") is None


class SubmissionInspectView(SubmissionRows, InspectView):
    """One message, with the differences it would make and the places it may double."""

    template_name = "cartography/backoffice/submission_inspect.html"
    page_title = gettext_lazy("Message about the map")

    @cached_property
    def header_buttons(self) -> list[Any]:
        decides = self.object.status == SubmissionStatus.OPEN and self.request.user.has_perm(DECIDE)
        yes = _("Dealt with") if self.object.kind == SubmissionKind.REPORT else _("Accept")
        return self.action_buttons([(decides, yes, "accept", "check"), (decides, _("Refuse"), "refuse", "cross")], HeaderButton)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.object
        is_proposal = sent.kind == SubmissionKind.PROPOSAL
        return super().get_context_data(**kwargs) | {
            "subject": subject(sent),
            "asks_to_return": asks_to_return(sent),
            "needs_a_point": needs_a_point(sent),
            "differences": differences(sent.place if not is_proposal else None, sent.values) if sent.values else [],
            "duplicates": possible_duplicates(sent.values, besides=sent.place_id) if is_proposal and sent.values else [],
        }


class DecisionView(SubmissionRows, ObjectActionView[Submission]):
    """Yes or no."""

    model = Submission
    viewset_name = "cartography_queue"
    permission = DECIDE
    header_icon = "tasks"
    form_class = DecisionForm
    log_action = "cartography.decide"
    refusals: ClassVar = {
        services.CannotDecide: gettext_lazy("It is decided already, or its sender has not confirmed it."),
        CannotPlace: str,
    }

    def mail_notice(self) -> str:
        return _("Whoever sent it gets a mail with your word.") if self.object.email else _("No address was left: nobody gets a mail.")

    def act(self, form: Any) -> str:
        super().act(form)
        return _("Decided: %(subject)s.") % {"subject": subject(self.object)}


class AcceptView(DecisionView):
    """A proposal goes onto the map, an edit into the record; a report is dealt with by hand."""

    action_label = gettext_lazy("Accept")

    def effects(self) -> list[str]:
        sent = self.object
        effects = {
            SubmissionKind.PROPOSAL: _("The place goes onto the map at once: told and checked today by the organisation.")
            if sent.is_from_service
            else _("The place goes onto the map at once: told by a visitor, checked by nobody yet. Check it, and note it on its page."),
            SubmissionKind.EDIT: _("The record changes as shown, and counts as checked today by the organisation."),
            SubmissionKind.REPORT: _("This only notes that you dealt with it. Correct or withdraw the place yourself."),
        }
        lines = [effects[SubmissionKind(sent.kind)]]
        if asks_to_return(sent):
            lines.append(_("It comes back onto the map."))
        if needs_a_point(sent):
            lines.append(_("Its point stands at the postal code until you place it: the map shows the municipality till then."))
        return [*lines, self.mail_notice()]

    def step(self, form: Any) -> None:
        services.accept_submission(submission=self.object, now=clock.now(), by=staff(self.request), note=form.cleaned_data["note"])


class RefuseView(DecisionView):
    """Nothing changes on the map."""

    action_label = gettext_lazy("Refuse")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("Nothing changes on the map."), self.mail_notice()]

    def step(self, form: Any) -> None:
        services.refuse_submission(submission=self.object, now=clock.now(), by=staff(self.request), note=form.cleaned_data["note"])
