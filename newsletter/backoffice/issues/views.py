"""Issues: the listing, planning the next one, and the page of one issue."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.screens import ListingScreen
from newsletter.backoffice.issues.next_step import next_step
from newsletter.backoffice.issues.permissions import ADD_ISSUES, CHANGE_ISSUES, SEND_ISSUES
from newsletter.bounces.counts import bounces_of
from newsletter.enums.issues import OPEN, IssueStatus
from newsletter.issues.assemble import AlreadyPlanned, plan_issue
from newsletter.issues.editions import drafts_of, pages_of
from newsletter.issues.progress import progress_of, shown_status
from newsletter.models import Issue
from newsletter.preflight.audience import audience_of
from newsletter.preflight.state import state_of


class EditionsColumn(Column):
    """`FR NL`: the editions there are."""

    def get_value(self, instance: Any) -> str:
        return " ".join(sorted(page.locale.language_code.upper() for page in instance.pages.all())) or "–"


class IssueIndexView(IndexView):
    """All issues, the latest first."""

    FORMATS: Any = ()
    default_ordering = "-number"
    list_display = (
        TitleColumn("number", label=gettext_lazy("Issue"), accessor=str, url_name="newsletter_issues:inspect"),
        EditionsColumn("editions", label=gettext_lazy("Editions")),
        status_column(IssueStatus.SENT, IssueStatus.SENDING),
        Column("delivery_count", label=gettext_lazy("Readers")),
        DayColumn("started_at", label=gettext_lazy("Sent"), sort_key="started_at"),
    )

    def rows_for(self, user: Any) -> QuerySet[Issue]:
        return Issue.objects.prefetch_related("pages__locale").annotate(delivery_count=Count("deliveries"))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(ADD_ISSUES):
            return []
        return [HeaderButton(_("Plan the next issue"), url=reverse("newsletter_issue:plan"), icon_name="plus")]


class PlanIssueView(ListingScreen, ConfirmView):
    """The next number, the next month."""

    model = Issue
    viewset_name = "newsletter_issues"
    permission = ADD_ISSUES
    action_label = gettext_lazy("Plan the next issue")
    header_icon = "mail"

    def effects(self) -> list[str]:
        return [_("A draft is made for the next month. August is left out: there is no issue then.")]

    def act(self, form: Any) -> str:
        self.issue = plan_issue(now=clock.now())
        return str(self.issue)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            messages.success(self.request, self.act(form))
        except AlreadyPlanned:
            messages.warning(self.request, _("The next issue is planned already."))
            return redirect(self.back_url)
        return redirect("newsletter_issue:assemble", self.issue.pk)


class IssueInspectView(InspectView):
    """One issue: its status, and what can be done next."""

    template_name = "newsletter/backoffice/issue_inspect.html"
    page_title = gettext_lazy("Issue")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issue, user, now = self.object, self.request.user, clock.now()
        is_open = issue.status in OPEN
        drafts = drafts_of(issue) if is_open else []
        state = state_of(issue, drafts) if drafts else None
        return super().get_context_data(**kwargs) | {
            "issue": issue,
            "pages": pages_of(issue),
            "is_open": is_open,
            "is_draft": issue.status == IssueStatus.DRAFT,
            "state": state,
            "next_step": next_step(issue, state),
            "audience": audience_of(issue.missing_edition, [page.locale.language_code for page in drafts], now) if is_open else [],
            "is_due": issue.is_due(now),
            "shown_status": shown_status(issue, now),
            "progress": None if is_open else progress_of(issue, now),
            "bounces": None if is_open else bounces_of(issue),
            "steps": issue.transitions.select_related("by").order_by("-at", "-pk"),
            "may_change": user.has_perm(CHANGE_ISSUES),
            "may_send": user.has_perm(SEND_ISSUES),
            "has_missed": issue.deliveries.missed().exists(),
        }
