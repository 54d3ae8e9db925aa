"""The form of a sheet of numbers: last month's beside, totals, each number saved by itself."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import clock
from core.backoffice.permissions import RequiresPermission, staff
from followup.activities.address import form_url, period_name
from followup.activities.fill_in import Clash, fill_in
from followup.activities.selectors import FilledGroup, FilledLine, filled_groups, unequal
from followup.activities.sheets import Sheet, UnknownSheet, sheet_called
from followup.backoffice.activities.forms import Typed, typed_lines
from followup.backoffice.activities.permissions import VIEW_SHEETS, may_fill_in, may_see
from followup.models import SheetTeam

OF_NO_TEAM = "all"


class SheetView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """A month of a team, or a year."""

    permission = VIEW_SHEETS
    template_name = "followup/backoffice/activities/sheet.html"
    header_icon = "table"
    kwargs: dict[str, Any]

    @cached_property
    def sheet(self) -> Sheet:
        try:
            sheet = sheet_called(self.kwargs["code"])
        except UnknownSheet as unknown:
            raise Http404 from unknown
        if not may_see(self.request.user, sheet):
            raise PermissionDenied
        return sheet

    @cached_property
    def team(self) -> SheetTeam | None:
        if self.sheet.by_team:
            return get_object_or_404(SheetTeam, slug=self.kwargs["team"], sheet=self.sheet.code)
        if self.kwargs["team"] != OF_NO_TEAM:
            raise Http404
        return None

    @cached_property
    def first_day(self) -> datetime.date:
        """A month or year that has begun."""
        try:
            day = datetime.date(self.kwargs["year"], self.kwargs["month"], 1)
        except ValueError as wrong:
            raise Http404 from wrong
        if day != self.sheet.first_day(day) or day > clock.today():
            raise Http404
        return day

    def get_page_title(self) -> str:
        return self.sheet.label

    def get_page_subtitle(self) -> str:
        when = period_name(self.sheet, self.first_day)
        return f"{self.team}, {when}" if self.team else when

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        overview = {"url": reverse("followup_activities:sheets"), "label": _("Sheets of numbers")}
        return [*self.breadcrumbs_items, overview, {"url": "", "label": f"{self.get_page_title()}, {self.get_page_subtitle()}"}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is right is saved, whatever stands beside it."""
        if not may_fill_in(request.user, self.sheet):
            raise PermissionDenied
        team, first_day = self.team, self.first_day
        typed = typed_lines(self.sheet.lines, request.POST.dict(), rest_is_nought="rest" in request.POST)
        entries = {key: each.entry for key, each in typed.items() if each.entry}
        done = fill_in(sheet=self.sheet, team=team, first_day=first_day, entries=entries, by=staff(request))
        saved = ngettext("%(count)s number saved.", "%(count)s numbers saved.", done.written) % {"count": done.written}
        messages.success(request, saved)
        wrong = {key: each for key, each in typed.items() if each.error}
        if not wrong and not done.clashes:
            return redirect(form_url(self.sheet, first_day, team.slug if team else ""))
        context = self.get_context_data(wrong=wrong, clashes={each.key: each for each in done.clashes})
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong: dict[str, Typed] = kwargs.pop("wrong", {})
        clashes: dict[str, Clash] = kwargs.pop("clashes", {})
        groups = filled_groups(self.sheet, self.team, self.first_day)
        team = self.team.slug if self.team else ""
        before, after = self.sheet.before(self.first_day), self.sheet.after(self.first_day)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "groups": [_shown_group(each, wrong, clashes) for each in groups],
            "unequal": [_unequal_text(*pair) for pair in unequal(groups)],
            "can_fill_in": may_fill_in(self.request.user, self.sheet),
            "before": (period_name(self.sheet, before), form_url(self.sheet, before, team)),
            "after": (period_name(self.sheet, after), form_url(self.sheet, after, team)) if after <= clock.today() else None,
        }


def _shown_group(filled: FilledGroup, wrong: dict[str, Typed], clashes: dict[str, Clash]) -> dict[str, Any]:
    has_total = filled.group.is_whole and filled.group.adds_up
    return {
        "group": filled.group,
        "lines": [_shown_line(each, wrong.get(each.line.key), clashes.get(each.line.key)) for each in filled.lines],
        "has_total": has_total,
        "total": plain(filled.total),
        "total_before": plain(filled.total_before),
    }


def _shown_line(filled: FilledLine, wrong: Typed | None, clash: Clash | None) -> dict[str, Any]:
    """`value`: what stands in the field; `seen`: what is stored, so that saving again is an answer to it."""
    stored = plain(filled.number)
    value, said = stored, ""
    if wrong:
        value, said = wrong.text, wrong.error
    elif clash:
        value, theirs = plain(clash.wanted), plain(clash.theirs) or "–"
        said = _("Somebody else noted %(theirs)s meanwhile. Save again to keep your number.") % {"theirs": theirs}
    odd = _("Last time it was %(before)s: is it right?") % {"before": plain(filled.before)} if filled.is_odd and not said else ""
    return {"line": filled.line, "value": value, "seen": stored, "before": plain(filled.before) or "–", "said": said, "odd": odd}


def plain(number: Any) -> str:
    """As it is typed: `1859`, `58,5`."""
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".").replace(".", ",") if number % 1 else str(int(number))


def _unequal_text(one: FilledGroup, other: FilledGroup) -> str:
    words = {"one": one.group.label, "number": plain(one.total), "other": other.group.label, "other_number": plain(other.total)}
    return _("“%(one)s” comes to %(number)s and “%(other)s” to %(other_number)s: they count the same people.") % words
