"""The list of missing data in the Wagtail admin, and its fast repair: the sector of all people of one organisation."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from core import clock
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.way_back import way_back, with_way_back
from core.figures.period import Period, Scope
from core.models import Sector
from figures.missing.work_list import EVERYBODY, ME, NOBODY, WorkList, may_open, work_list
from trainings.people.sectors import UnknownSector, state_sector, unknown_sectors

FIRST_YEAR, LAST_YEAR = 2015, 2100
CHANGE_ENROLMENTS = "trainings.change_enrolment"
NAME = "figures_missing"


class AskedForm(forms.Form):
    """What the reader wants to see. Choices say how much waits behind each."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    person = forms.CharField(max_length=20, required=False)
    figure = forms.CharField(max_length=80, required=False)

    def answer(self, name: str, default: Any) -> Any:
        """What was asked, or what is meant where nothing was, or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or default


class MissingView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever repairs something: each sees what she may repair. Counted when it is read, so a repair counts at once."""

    template_name = "figures/missing/list.html"
    page_title = gettext_lazy("Missing data")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def asked(self) -> dict[str, Any]:
        form = AskedForm(self.request.GET)
        return {
            "year": form.answer("year", clock.today().year),
            "person": form.answer("person", EVERYBODY),
            "figure": form.answer("figure", ""),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = work_list(user=self.request.user, scope=Scope(Period.of_year(self.asked["year"])), **self._filters())
        here = f"{self.request.path}?{urlencode(self.asked)}"
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "here": f"{here}#sectors",
            "people": self._people(found),
            "figures": [(key, f"{found.labels[key]} ({count})") for key, count in found.by_figure.most_common()],
            "total": found.total,
            "kinds": [(kind, [(gap, with_way_back(gap.fact.url, here)) for gap in kind.gaps]) for kind in found.kinds],
            "organisations": self._organisations(),
            "sectors": Sector.objects.all(),
        }

    def _filters(self) -> dict[str, str]:
        return {"person": self.asked["person"], "figure": self.asked["figure"]}

    def _people(self, found: WorkList) -> list[tuple[str, str]]:
        """Shape: [("me", "Me (3)"), …, ("17", "Camille Exemple (4)")]."""
        mine = self.request.user.pk
        usual = [
            (EVERYBODY, _("Everybody"), found.total),
            (ME, _("Me"), found.by_person[mine]),
            (NOBODY, _("Nobody"), found.by_person[None]),
        ]
        others = [(str(key), str(person), found.by_person[key]) for key, person in found.people.items() if key != mine]
        return [(key, f"{name} ({count})") for key, name, count in (*usual, *sorted(others, key=lambda other: other[1]))]

    def _organisations(self) -> list[UnknownSector]:
        """Of the year, for those who may write it."""
        may = self.request.user.has_perm(CHANGE_ENROLMENTS)
        return unknown_sectors(Period.of_year(self.asked["year"])) if may else []


class SectorForm(forms.Form):
    """Which organisation, in which year, works in which sector."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    key = forms.CharField(max_length=250)
    sector = forms.ModelChoiceField(queryset=Sector.objects.all())


class StateSectorView(RequiresPermission, View):
    """One organisation of the list."""

    permission = CHANGE_ENROLMENTS
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SectorForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a sector for the organisation: nothing was written."))
            return redirect(way_back(request) or reverse(NAME))
        answers = form.cleaned_data
        period = Period.of_year(answers["year"])
        stated = state_sector(key=answers["key"], sector=answers["sector"], period=period, now=clock.now())
        for enrolment in stated.enrolments:
            data = {"sector": answers["sector"].slug}
            log(enrolment, "trainings.state_sector", user=staff(request), title=enrolment.reference, data=data)
        if stated.organisation:
            log(stated.organisation, "wagtail.edit", user=staff(request))
        count = len(stated.enrolments)
        told = ngettext("The sector of %(count)s person is known now.", "The sector of %(count)s people is known now.", count)
        messages.success(request, told % {"count": count})
        return redirect(way_back(request) or reverse(NAME))


class MissingMenuItem(MenuItem):
    """For whoever has something to repair."""

    def is_shown(self, request: Any) -> bool:
        return may_open(request.user)


def menu_item(*, order: int) -> MenuItem:
    return MissingMenuItem(gettext_lazy("Missing data"), reverse(NAME), icon_name="warning", order=order)


URLS = [
    path("missing-data/", MissingView.as_view(), name=NAME),
    path("missing-data/sector/", StateSectorView.as_view(), name="figures_state_sector"),
]
