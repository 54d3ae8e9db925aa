"""The counters: one screen of large buttons. A tap counts at once; what was tapped can be taken back, or corrected later."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import clock
from core.backoffice.permissions import RequiresPermission, staff
from followup.activities.count import count_activity, undo_activity
from followup.activities.selectors import counters, known_partners, latest_of, so_far
from followup.backoffice.activities.forms import CounterForm
from followup.backoffice.activities.permissions import CHANGE_ACTIVITIES, COUNT_ACTIVITIES
from followup.models import Activity, ActivityKind

COUNTERS = "followup_activities:counters"


class CountersView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """Every kind with its buttons, and what this person noted last."""

    permission = COUNT_ACTIVITIES
    template_name = "followup/backoffice/activities/counters.html"
    page_title = gettext_lazy("Counters")
    header_icon = "plus-inverse"
    # The counter that was sent and did not fit, with its errors.
    refused: CounterForm | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "counters": [self._counter(kind) for kind in counters(today=clock.today())],
            "latest": latest_of(staff(self.request)),
            "may_correct": self.request.user.has_perm(CHANGE_ACTIVITIES),
            "partners": known_partners(),
            "today": clock.today(),
        }

    def _counter(self, kind: ActivityKind) -> dict[str, Any]:
        form = self.refused if self.refused and self.refused.kind.pk == kind.pk else None
        return {
            "kind": kind,
            "categories": [each for each in kind.categories.all() if each.is_active],
            "so_far": so_far(kind),
            "tap": uuid.uuid4(),
            "date": form["date"].value() if form else clock.today().isoformat(),
            "form": form or CounterForm(kind=kind),
            "question": form.question if form else None,
            "errors": [error for errors in form.errors.values() for error in errors] if form else [],
        }


class CountView(CountersView):
    """Takes one tap."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = get_object_or_404(ActivityKind.objects.prefetch_related("categories"), slug=self.kwargs["slug"], is_active=True)
        form = CounterForm(request.POST, kind=kind)
        if not form.is_valid():
            self.refused = form
            return self.render_to_response(self.get_context_data(), status=422)
        activity, is_new = count_activity(kind=kind, by=staff(request), **form.facts())
        if is_new:
            messages.success(request, _("Counted: %(what)s.") % {"what": what_was_counted(activity)})
        return redirect(f"{reverse(COUNTERS)}#{kind.slug}")


class UndoView(RequiresPermission, View):
    """Takes back one of one's own."""

    permission = COUNT_ACTIVITIES
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if undo_activity(tap=self.kwargs["tap"], by=staff(request)):
            messages.success(request, _("Taken back."))
        else:
            messages.error(request, _("There is nothing to take back: somebody has removed it."))
        return redirect(COUNTERS)


def what_was_counted(activity: Activity) -> str:
    """`3 × Representation meeting, Alias`."""
    category = f", {activity.category}" if activity.category else ""
    return f"{activity.number} × {activity.kind}{category}"
