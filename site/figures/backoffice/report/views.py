"""The report of a year: every figure with what it counts, how many are known, the year before, and a way to its rows."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.figures.definitions import UNKNOWN, Definition
from core.models import FigureValue
from figures.backoffice.permissions import APPROVE
from figures.backoffice.report.scope import ScopeMixin
from figures.backoffice.report.shown import ShownFigure, shown
from figures.report.figure import ReportFigure
from figures.report.published import published_with_notes
from figures.report.reading import Report, Section, definitions
from figures.report.year_before import approved, programme_asked, with_year_before


class ReportView(ScopeMixin, WagtailAdminTemplateMixin, TemplateView):
    """Counted when it is opened. What was approved of the year stands beside, and does not change."""

    template_name = "figures/backoffice/report.html"
    page_title = gettext_lazy("Report of a year")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def report(self) -> Report:
        return self._both[0]

    @cached_property
    def before(self) -> Report:
        return self._both[1]

    @cached_property
    def _both(self) -> tuple[Report, Report]:
        return with_year_before(self.scope)

    def actions(self) -> list[tuple[str, str]]:
        """What can be done with it: label and URL. On the page, not in a menu: they work without a script."""
        may_approve = self.request.user.has_perm(APPROVE) and programme_asked(self.scope) is not None
        approve = [(_("Approve the report"), self._url("approve"))] if may_approve else []
        return [
            *approve,
            (_("Sentences of the report"), self._url("sentences")),
            ("XLSX", self._url("report_file", "xlsx")),
            ("CSV", self._url("report_file", "csv")),
            (_("XLSX for the public"), self._url("report_file", "xlsx", public="1")),
            ("PDF", self._url("report_file", "pdf")),
            (_("What is missing"), reverse("figures_missing")),
            (_("How each figure is counted"), reverse("figures_backoffice:definitions")),
        ]

    def _url(self, name: str, *args: str, **more: str) -> str:
        return reverse(f"figures_backoffice:{name}", args=[self.year, *args]) + self.query(**more)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs) | {"form": self.scope_form}
        if self.allowed and not self.scope_form.is_valid():
            return context | {"report": None}
        sections = [(section, self._shown(section)) for section in self.report.sections()]
        return context | {
            "report": self.report,
            "before": self.before,
            "sections": sections,
            "snapshot": approved(self.scope),
            "actions": self.actions(),
        }

    def _shown(self, section: Section) -> list[ShownFigure]:
        return [shown(each, self.before.by_key.get(each.key), self.rows_url, self._published) for each in section.figures]

    @cached_property
    def _published(self) -> dict[str, FigureValue]:
        return published_with_notes(self.year)

    def rows_url(self, figure: ReportFigure, code: str) -> str:
        """Where the rows of a figure are, for those who may open them."""
        if not self._may_open(figure.source, figure.key):
            return ""
        return reverse("figures_backoffice:rows", args=[self.year, figure.key]) + self.query(part=code)

    def _may_open(self, source: str, key: str) -> bool:
        """Asked once a figure: all its parts have one right."""
        if (source, key) not in self._opened:
            rows = self._definitions[source, key].rows
            self._opened[source, key] = rows is not None and self.request.user.has_perm(rows(self.scope, UNKNOWN).permission)
        return self._opened[source, key]

    @cached_property
    def _opened(self) -> dict[tuple[str, str], bool]:
        return {}

    @cached_property
    def _definitions(self) -> dict[tuple[str, str], Definition]:
        return definitions()
