"""Requests in the admin: the listing, and the page of one with what can be done next."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import Gap, NextStep
from core.models import OutgoingMail, Sector
from followup.backoffice.permissions import ADD_REQUESTS, HANDLE_REQUESTS, OPEN_FILES
from followup.backoffice.requests.base import RequestRows
from followup.enums import REQUEST_TRANSITIONS, Pillar, RequestStatus
from followup.models import File, Request

GAPS = [("owner", gettext_lazy("in charge")), ("sector", gettext_lazy("sector")), ("reason", gettext_lazy("main reason"))]


class RequestFilterSet(WagtailFilterSet):
    """Requests."""

    pillar = django_filters.MultipleChoiceFilter(label=gettext_lazy("For"), choices=Pillar.choices, widget=CheckboxSelectMultiple)
    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=RequestStatus.choices, widget=CheckboxSelectMultiple)
    owner = django_filters.ChoiceFilter(
        label=gettext_lazy("In charge"),
        choices=[("me", gettext_lazy("myself")), ("nobody", gettext_lazy("nobody yet"))],
        method="of_owner",
        empty_label=gettext_lazy("All"),
        widget=RadioSelect,
    )
    missing = django_filters.ChoiceFilter(
        label=gettext_lazy("Missing"), choices=GAPS, method="without", empty_label=gettext_lazy("All"), widget=RadioSelect
    )
    received_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Received between"), widget=DateRangePickerWidget)
    sector = django_filters.ModelChoiceFilter(label=gettext_lazy("Sector"), queryset=Sector.objects.all())

    class Meta:
        model = Request
        fields: ClassVar = ["pillar", "status", "owner", "missing", "received_on", "sector"]

    def of_owner(self, rows: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        return rows.filter(owner=self.request.user if value == "me" else None)

    def without(self, rows: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        return rows.filter(**({"reason": ""} if value == "reason" else {f"{value}__isnull": True}))


class RequestIndexView(RequestRows, IndexView):
    """The latest first."""

    list_display = (
        TitleColumn("asked_by", label=gettext_lazy("Team"), url_name="followup_requests:inspect"),
        Column("pillar", label=gettext_lazy("For"), accessor="get_pillar_display", sort_key="pillar"),
        status_column(RequestStatus.RECEIVED, RequestStatus.ANALYSIS),
        Column("owner", label=gettext_lazy("In charge"), accessor=lambda row: row.owner or "–"),
        DayColumn("received_on", label=gettext_lazy("Received on"), sort_key="received_on"),
    )
    # Whoever the contact person is: an export leaves the house, and no figure is counted by her.
    list_export = (
        *("reference", "received_on", "get_pillar_display", "get_status_display", "organisation_name", "service", "sector"),
        *("get_reason_display", "get_origin_display", "get_source_display", "owner"),
    )
    export_headings: ClassVar = {
        "get_pillar_display": gettext_lazy("For"),
        "get_status_display": gettext_lazy("Status"),
        "get_reason_display": gettext_lazy("Main reason"),
        "get_origin_display": gettext_lazy("How they found us"),
        "get_source_display": gettext_lazy("How it came in"),
    }

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = list(super().header_buttons)
        if self.request.user.has_perm(ADD_REQUESTS):
            url = reverse("followup_backoffice:note_request")
            buttons.insert(0, HeaderButton(_("Note a request"), url=url, icon_name="plus", priority=5))
        return buttons


class RequestInspectView(RequestRows, InspectView):
    """The page of one request."""

    template_name = "followup/backoffice/request_inspect.html"
    page_title = gettext_lazy("Request for support")

    @property
    def _handles(self) -> bool:
        return bool(self.request.user.has_perm(HANDLE_REQUESTS))

    def next_step(self) -> NextStep | None:
        if not self._handles:
            return None
        if self.object.status == RequestStatus.RECEIVED:
            return NextStep(label=_("Begin the analysis"), url=self.action_url("analyse_request"), icon="help")
        if self.object.status == RequestStatus.ANALYSIS and self.request.user.has_perm(OPEN_FILES):
            return NextStep(label=_("Open a file"), url=self.action_url("open_file"), icon="folder-open-inverse")
        return None

    def gaps(self) -> list[Gap]:
        if not self._handles:
            return []
        row, gaps = self.object, []
        if row.owner_id is None:
            gaps.append(Gap(text=_("Nobody is in charge of this request."), url=self.action_url("assign_request")))
        if row.sector_id is None or not row.reason:
            gaps.append(Gap(text=_("The yearly figures lack the sector or the reason."), url=self.action_url("complete_request")))
        return gaps

    @cached_property
    def header_buttons(self) -> list[Any]:
        following = REQUEST_TRANSITIONS[self.object.status]
        opens = self.request.user.has_perm(OPEN_FILES) and RequestStatus.FILE_OPENED in following
        steps = [
            (self._handles and RequestStatus.ADVICE_ONLY in following, _("Advice was enough"), "advise_request", "check"),
            (opens, _("Open a file"), "open_file", "folder-open-inverse"),
        ]
        return self.action_buttons(steps, HeaderButton)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        following = REQUEST_TRANSITIONS[self.object.status] if self._handles else set()
        steps = [
            (self._handles, _("Who is in charge"), "assign_request", "user"),
            (self._handles, _("Complete the facts"), "complete_request", "edit"),
            (RequestStatus.ANALYSIS in following, _("Begin the analysis"), "analyse_request", "help"),
            (RequestStatus.ON_HOLD in following, _("Put on hold"), "hold_request", "time"),
            (RequestStatus.DECLINED in following, _("Decline the request"), "decline_request", "circle-xmark"),
            (RequestStatus.WITHDRAWN in following, _("Note as withdrawn"), "withdraw_request", "rotate"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "file": File.objects.for_user(self.request.user).filter(request=self.object).first(),
            "transitions": self.object.transitions.select_related("by"),
            "mails": OutgoingMail.objects.about_row(self.object),
        }
