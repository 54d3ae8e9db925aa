"""The moderation queue: submissions, what they would change, possible duplicates, and the decision."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from cartography.backoffice.forms import DecisionForm
from cartography.backoffice.permissions import DECIDE
from cartography.backoffice.submissions.diff import differences
from cartography.enums import PlaceStatus, Precision, SubmissionKind, SubmissionStatus
from cartography.models import Submission
from cartography.places.data import CannotPlace
from cartography.places.duplicates import possible_duplicates
from cartography.submissions import services as services
from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import DayColumn, IndexView, OwnInspectView
from core.backoffice.permissions import staff


class SubmissionIndexView(IndexView):
    """What is to decide first, the oldest on top."""

    FORMATS = ()  # type: ignore[assignment]  # words and addresses of people do not leave
    any_permission_required = ("view",)
    default_ordering = "created_at"
    is_searchable = True
    search_fields = ("reference", "place__name_fr", "place__name_nl", "comment")

    def order_queryset(self, queryset: Any) -> Any:
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        is_open = Case(When(status=SubmissionStatus.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return queryset.order_by(is_open, "created_at", "pk")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "subject", label=_("About"), accessor=subject, get_url=lambda row: reverse("cartography_queue:inspect", args=[row.pk])
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("reference", label=_("Reference")),
            DayColumn("created_at", label=_("Sent"), sort_key="created_at"),
            StatusTagColumn(
                "status", label=_("Status"), accessor="get_status_display", primary=lambda row: row.status == SubmissionStatus.OPEN
            ),
        ]


def subject(row: Submission) -> str:
    """The place it is about, or the name it proposes."""
    return str(row.place) if row.place else str(row.values.get("name_fr", row.reference))


def asks_to_return(sent: Submission) -> bool:
    """A service whose place was withdrawn sent its record again."""
    return sent.kind == SubmissionKind.EDIT and sent.place is not None and sent.place.status == PlaceStatus.WITHDRAWN


def needs_a_point(sent: Submission) -> bool:
    """It brings an address nobody has placed on the map."""
    return sent.values.get("precision") == Precision.ADDRESS and sent.values.get("lat") is None


class SubmissionInspectView(OwnInspectView):
    """One message, with the differences it would make and the places it may double."""

    any_permission_required = ("view",)
    template_name = "cartography/backoffice/submission_inspect.html"
    page_title = gettext_lazy("Message about the map")

    def rows_for(self, user: Any) -> Any:
        return Submission.objects.select_related("place__sector", "decided_by")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": reverse("cartography_queue:index"), "label": _("Queue")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": subject(self.object)}]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.status != SubmissionStatus.OPEN or not self.request.user.has_perm(DECIDE):
            return []
        yes = _("Dealt with") if self.object.kind == SubmissionKind.REPORT else _("Accept")
        return [
            HeaderButton(yes, url=reverse("cartography_backoffice:accept", args=[self.object.pk]), icon_name="check", priority=10),
            HeaderButton(_("Refuse"), url=reverse("cartography_backoffice:refuse", args=[self.object.pk]), icon_name="cross", priority=20),
        ]

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


class DecisionView(ConfirmView):
    """Yes or no. Subclasses call one service."""

    permission = DECIDE
    header_icon = "tasks"
    form_class = DecisionForm

    @cached_property
    def submission(self) -> Submission:
        return get_object_or_404(Submission.objects.select_related("place__sector"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return subject(self.submission)

    @property
    def back_url(self) -> str:
        return reverse("cartography_queue:inspect", args=[self.submission.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cartography_queue:index"), "label": _("Queue")},
            {"url": self.back_url, "label": subject(self.submission)},
            {"url": "", "label": self.get_page_title()},
        ]

    def mail_notice(self) -> str:
        return _("Whoever sent it gets a mail with your word.") if self.submission.email else _("No address was left: nobody gets a mail.")

    def decide(self, note: str) -> None:
        raise NotImplementedError

    def act(self, form: Any) -> str:
        try:
            self.decide(form.cleaned_data["note"])
        except services.CannotDecide as refusal:
            raise Refused(_("It is decided already, or its sender has not confirmed it.")) from refusal
        except CannotPlace as refusal:
            raise Refused(str(refusal)) from refusal
        log(self.submission, "cartography.decide", user=self.request.user)
        return _("Decided: %(subject)s.") % {"subject": subject(self.submission)}


class AcceptView(DecisionView):
    """A proposal goes onto the map, an edit into the record; a report is dealt with by hand."""

    action_label = gettext_lazy("Accept")

    def effects(self) -> list[str]:
        sent = self.submission
        effects = {
            SubmissionKind.PROPOSAL: _("The place goes onto the map at once, as told by the organisation."),
            SubmissionKind.EDIT: _("The record changes as shown, and counts as checked today by the organisation."),
            SubmissionKind.REPORT: _("This only notes that you dealt with it. Correct or withdraw the place yourself."),
        }
        lines = [effects[SubmissionKind(sent.kind)]]
        if asks_to_return(sent):
            lines.append(_("It comes back onto the map."))
        if needs_a_point(sent):
            lines.append(_("Its point stands at the postal code until you place it: the map shows the municipality till then."))
        return [*lines, self.mail_notice()]

    def decide(self, note: str) -> None:
        services.accept_submission(submission=self.submission, now=clock.now(), by=staff(self.request), note=note)


class RefuseView(DecisionView):
    """Nothing changes on the map."""

    action_label = gettext_lazy("Refuse")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("Nothing changes on the map."), self.mail_notice()]

    def decide(self, note: str) -> None:
        services.refuse_submission(submission=self.submission, now=clock.now(), by=staff(self.request), note=note)
