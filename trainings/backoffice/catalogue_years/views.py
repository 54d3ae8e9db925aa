"""Catalogues of years in the admin: what was frozen, a look at what would be, and the button that freezes it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import DayColumn, IndexView, InspectView, facts, link_to
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ListingScreen
from core.backoffice.viewsets import ReadOnlyViewSet
from core.languages import Language, language_name
from core.text.dates import MOMENT, written
from trainings.backoffice.attendance.documents import pdf
from trainings.catalogue_years.document import NoCatalogue
from trainings.catalogue_years.freeze import AlreadyFrozen, draft_pdf, freeze_catalogue, withdraw_catalogue
from trainings.models import CatalogueEdition, CatalogueYear

ADD_CATALOGUES = "trainings.add_catalogueyear"
WITHDRAW_CATALOGUES = "trainings.delete_catalogueyear"


class CatalogueYearIndexView(IndexView):
    """The years, the latest first."""

    list_display = (
        "year",
        DayColumn("frozen_at", label=gettext_lazy("Frozen"), sort_key="frozen_at"),
        Column("by", label=gettext_lazy("By")),
    )

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm(ADD_CATALOGUES):
            url = reverse("trainings_backoffice:freeze_catalogue")
            buttons.append(HeaderButton(_("Freeze the catalogue of a year"), url=url, icon_name="lock"))
        return buttons


class CatalogueYearInspectView(InspectView):
    """One year: its three documents."""

    page_title = gettext_lazy("Catalogue of a year")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        can = self.request.user.has_perm(WITHDRAW_CATALOGUES)
        return self.action_buttons([(can, _("Withdraw"), "withdraw_catalogue", "bin")])

    def get_fields_context(self) -> list[Any]:
        editions = self.object.editions.defer("facts")
        links = [(language_name(each.language), link_to(self._url(each.language), f"{self.object.year} (PDF)")) for each in editions]
        return facts((_("Frozen"), written(self.object.frozen_at, MOMENT)), (_("By"), self.object.by), *links)

    def _url(self, language: str) -> str:
        return reverse("trainings_backoffice:frozen_catalogue", args=[self.object.pk, language])


class FreezeForm(forms.Form):
    """Which year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)


class FreezeView(ListingScreen, ConfirmView):
    """Asks for the year; says what is kept."""

    model = CatalogueYear
    viewset_name = "trainings_catalogue_years"
    permission = ADD_CATALOGUES
    header_icon = "lock"
    template_name = "trainings/backoffice/catalogue_years/freeze.html"
    action_label = gettext_lazy("Freeze the catalogue")
    form_class = FreezeForm

    def get_initial(self) -> dict[str, Any]:
        return {"year": clock.today().year}

    def effects(self) -> list[str]:
        return [
            _("The sheets and the dates of the year are kept as they are on the site now, in three languages, with a document of each."),
            _("The catalogue page links to them. Nothing that changes later touches them."),
        ]

    def act(self, form: Any) -> str:
        year = form.cleaned_data["year"]
        try:
            made = freeze_catalogue(year=year, now=clock.now(), by=staff(self.request))
        except AlreadyFrozen as refusal:
            raise Refused(_("The catalogue of %(year)s is frozen already: withdraw it first.") % {"year": year}) from refusal
        except NoCatalogue as refusal:
            text = _("No sheet is published in %(language)s: there would be nothing to print.")
            raise Refused(text % {"language": language_name(refusal.language)}) from refusal
        log(made, "trainings.freeze_catalogue", user=staff(self.request), title=str(made))
        return _("The catalogue of %(year)s is frozen.") % {"year": year}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = clock.today().year
        urls = [
            (each, language_name(code), reverse("trainings_backoffice:draft_catalogue", args=[each, code]))
            for each in (year, year + 1)
            for code in Language.values
        ]
        return super().get_context_data(**kwargs) | {"drafts": urls}


class WithdrawView(ObjectActionView[CatalogueYear]):
    """A wrong one goes."""

    model = CatalogueYear
    viewset_name = "trainings_catalogue_years"
    permission = WITHDRAW_CATALOGUES
    header_icon = "bin"
    action_label = gettext_lazy("Withdraw the catalogue")
    is_destructive = True
    log_action = "trainings.withdraw_catalogue"
    done = gettext_lazy("The catalogue is withdrawn.")

    def effects(self) -> list[str]:
        return [_("Its documents are deleted and their addresses lead nowhere. The year can be frozen again.")]

    def step(self, form: Any) -> None:
        withdraw_catalogue(catalogue=CatalogueYear.objects.get(pk=self.object.pk))

    @property
    def back_url(self) -> str:
        return self.index_url


class DraftView(RequiresPermission, View):
    """What would be frozen now."""

    permission = ADD_CATALOGUES
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, year: int, language: str) -> HttpResponse:
        if language not in Language.values or not 2000 <= year <= 2100:
            raise Http404
        try:
            return pdf(draft_pdf(year=year, language=language, now=clock.now()), f"catalogue-{year}-{language}")
        except NoCatalogue as error:
            raise Http404 from error


class FrozenView(RequiresPermission, View):
    """What was frozen, whatever the language of the reader."""

    permission = "trainings.view_catalogueyear"
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        edition = get_object_or_404(CatalogueEdition.objects.select_related("catalogue"), catalogue=pk, language=language)
        with edition.file.open("rb") as file:
            return pdf(file.read(), f"catalogue-{edition.catalogue.year}-{language}")


class CatalogueYearViewSet(ReadOnlyViewSet):
    """The catalogues of years."""

    model = CatalogueYear
    name = "trainings_catalogue_years"
    url_prefix = "trainings/catalogue-years"
    icon = "doc-full-inverse"
    index_view_class = CatalogueYearIndexView
    inspect_view_class = CatalogueYearInspectView
