"""The rows a figure was counted from, for those who may see such rows. Their number is the figure."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core.figures.definitions import Rows
from core.files.tables import TABLES, table_response
from figures.backoffice.report.scope import ScopeMixin
from figures.report.figure import ReportFigure, ReportPart
from figures.report.rows import NoSuchRows, figure_of, rows_of

PAGE = 50
CHUNK = 500


class RowsOfFigure(ScopeMixin, View):
    """Asks for the right of the rows besides that of the report: they may name people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission) or not request.user.has_perm(self.rows.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def rows(self) -> Rows:
        try:
            return rows_of(self.figure, self.scope, self.part)
        except NoSuchRows as missing:
            raise Http404 from missing

    @property
    def part(self) -> str:
        return self.request.GET.get("part", "")

    @cached_property
    def figure(self) -> ReportFigure:
        try:
            return figure_of(self.kwargs["key"], self.scope)
        except NoSuchRows as missing:
            raise Http404 from missing

    def ordered(self) -> QuerySet[Any]:
        """Pages need an order."""
        queryset = self.rows.queryset
        return queryset if queryset.ordered else queryset.order_by("pk")

    def headings(self) -> list[str]:
        weight = [_("Counts as")] if self.rows.weight else []
        return [*(str(column.label) for column in self.rows.columns), *weight]

    def cells(self, row: Any) -> list[Any]:
        """What the columns read of a row."""
        weight = [getattr(row, self.rows.weight)] if self.rows.weight else []
        return [*(column.read(row) for column in self.rows.columns), *weight]


class RowsView(RowsOfFigure, WagtailAdminTemplateMixin, TemplateView):
    """Fifty at a time."""

    template_name = "figures/backoffice/rows.html"
    page_title = gettext_lazy("What was counted")
    header_icon = "list-ul"

    @property
    def report_url(self) -> str:
        return f"{reverse('figures_backoffice:report')}{self.query(year=str(self.year))}#{self.figure.key}"

    def get_page_subtitle(self) -> str:
        part: ReportPart | None = self.figure.part(self.part)
        name = part.label if part else _("not known") if self.figure.is_breakdown else ""
        return ", ".join(each for each in (self.figure.label, name, str(self.year)) if each)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": self.report_url, "label": _("Report of a year")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_subtitle()}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("figures_backoffice:rows_file", args=[self.year, self.figure.key, "xlsx"]) + self.query(part=self.part)
        return [HeaderButton(_("Download XLSX"), url=url, icon_name="download", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = Paginator(self.ordered(), PAGE).get_page(self.request.GET.get("p"))
        return context | {
            "figure": self.figure,
            "total": self.rows.total(),
            "headings": self.headings(),
            "lines": [self._line(row) for row in page],
            "page_obj": page,
        }

    def _line(self, row: Any) -> dict[str, Any]:
        """What is read of a row, and where its own screen is."""
        cells = ["–" if value is None or value == "" else value for value in self.cells(row)]
        return {"cells": cells, "url": self.rows.link(row) if self.rows.link else ""}


class RowsFileView(RowsOfFigure):
    """The same rows as a file, read bit by bit."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = kwargs["wanted"]
        if wanted not in TABLES:
            raise Http404
        name = f"smes-{self.year}-{self.figure.key}{f'-{self.part}' if self.part else ''}.{wanted}"
        lines = (self.cells(row) for row in self.ordered().iterator(chunk_size=CHUNK))
        return table_response(self.headings(), lines, name, wanted)
