"""Requests in the admin: who waits for what and since when, and the page of one."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import Gap, NextStep
from core.models import OutgoingMail
from trainings.backoffice.permissions import ADD_ENROLMENTS, HANDLE_REQUESTS, VIEW_PAYMENTS
from trainings.backoffice.requests.base import RequestRows
from trainings.backoffice.requests.next_step import can_bill, gaps_of, next_step_of
from trainings.models import TrainingRequest
from trainings.models.requests import REQUEST_TRANSITIONS, RequestStatus, Turn
from trainings.requests.proposals import WRITING
from trainings.requests.selectors import answers_of, draft_of, in_turn, sessions_of


class RequestFilterSet(WagtailFilterSet):
    """Requests."""

    turn = django_filters.ChoiceFilter(label=gettext_lazy("Whose turn"), choices=Turn, empty_label=gettext_lazy("All"), widget=RadioSelect)
    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=RequestStatus.choices, widget=CheckboxSelectMultiple)
    owner = django_filters.ChoiceFilter(
        label=gettext_lazy("In charge"),
        choices=[("me", gettext_lazy("myself")), ("nobody", gettext_lazy("nobody yet"))],
        method="of_owner",
        empty_label=gettext_lazy("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = TrainingRequest
        fields: ClassVar = ["turn", "status", "owner"]

    def of_owner(self, rows: QuerySet[TrainingRequest], name: str, value: str) -> QuerySet[TrainingRequest]:
        return rows.filter(owner=self.request.user if value == "me" else None)


class RequestIndexView(RequestRows, IndexView):
    """What waits for us comes first, the longest waiting on top."""

    list_display = (
        TitleColumn("organisation_name", label=gettext_lazy("Organisation"), url_name="trainings_requests:inspect"),
        Column("module", label=gettext_lazy("Asked for"), accessor=lambda row: row.module.name if row.module else "–"),
        status_column(RequestStatus.RECEIVED, RequestStatus.ACCEPTED),
        Column("owner", label=gettext_lazy("In charge"), accessor=lambda row: row.owner or "–"),
        Column("turn", label=gettext_lazy("Whose turn"), accessor=lambda row: Turn(row.turn).label, sort_key="turn"),
        DayColumn("since", label=gettext_lazy("Since"), sort_key="since"),
        FigureColumn("days", label=gettext_lazy("Days"), accessor=lambda row: max((clock.now() - row.since).days, 0)),
    )
    list_export = (
        *("reference", "organisation_name", "module.name", "get_status_display", "owner", "turn", "since", "people", "period"),
        *("name", "email", "get_language_display", "created_at"),
    )
    export_headings: ClassVar = {
        "module.name": gettext_lazy("Module"),
        "get_status_display": gettext_lazy("Status"),
        "turn": gettext_lazy("Whose turn"),
        "since": gettext_lazy("Since"),
        "get_language_display": gettext_lazy("Language"),
    }

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("trainings_backoffice:note_request")
        is_offered = self.request.user.has_perm(HANDLE_REQUESTS)
        return [HeaderButton(_("Note a request by phone"), url=url, icon_name="plus", priority=10)] if is_offered else []

    def order_queryset(self, queryset: Any) -> Any:
        return super().order_queryset(queryset) if "ordering" in self.request.GET else in_turn(queryset)


class RequestInspectView(RequestRows, InspectView):
    """The page of one request."""

    template_name = "trainings/backoffice/request_inspect.html"
    page_title = gettext_lazy("Request")

    def next_step(self) -> NextStep | None:
        return next_step_of(self.object, self.request.user)

    def gaps(self) -> list[Gap]:
        return gaps_of(self.object) if self.request.user.has_perm(HANDLE_REQUESTS) else []

    @cached_property
    def header_buttons(self) -> list[Any]:
        handles = self.request.user.has_perm(HANDLE_REQUESTS) and self.object.is_open
        writes = handles and self.object.status in WRITING
        label = _("Change the draft") if writes and draft_of(self.object) else _("Write a proposal")
        steps = [
            (writes, label, "write_proposal", "edit"),
            (handles, _("Who is in charge"), "assign_request", "user"),
        ]
        return self.action_buttons(steps, HeaderButton)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        handles = self.request.user.has_perm(HANDLE_REQUESTS)
        following = REQUEST_TRANSITIONS[self.object.status]
        steps = [
            (can_bill(self.object, self.request.user), _("Ask for payment"), "bill_request", "doc-full"),
            (handles and RequestStatus.ANALYSIS in following, _("Ask what the team needs"), "ask_for_needs", "help"),
            (handles and not self.object.erased_at, _("Send the mail again"), "resend_request", "mail"),
            (handles and RequestStatus.DECLINED in following, _("Decline the request"), "decline_request", "circle-xmark"),
            (handles and RequestStatus.WITHDRAWN in following, _("Note as withdrawn"), "withdraw_request", "undo"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "turn_label": Turn(self.object.turn).label,
            "answers": answers_of(self.object),
            "proposals": self.object.proposals.order_by("-version"),
            "sessions": sessions_of(self.object),
            "sees_payments": self.request.user.has_perm(VIEW_PAYMENTS),
            "can_enrol": self.request.user.has_perm(ADD_ENROLMENTS),
            "transitions": self.object.transitions.select_related("by"),
            "mails": OutgoingMail.objects.about_row(self.object),
        }
