"""The rows a figure was counted from, for those who may see such rows. Their number is the figure."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.figures.definitions import Definition, Rows
from figures.backoffice.report.scope import ScopeMixin
from figures.report.figure import ReportFigure, ReportPart
from figures.report.reading import definitions, read_report
from figures.report.rows import NoSuchRows, rows_of

PAGE = 50


class RowsView(ScopeMixin, WagtailAdminTemplateMixin, TemplateView):
    """Fifty at a time. Asks for the right of the rows besides that of the report: they may name people."""

    template_name = "figures/backoffice/rows.html"
    page_title = gettext_lazy("What was counted")
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission) or not request.user.has_perm(self.rows.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def rows(self) -> Rows:
        try:
            return rows_of(self.kwargs["key"], self.scope, self.part)
        except NoSuchRows as missing:
            raise Http404 from missing

    @property
    def part(self) -> str:
        return self.request.GET.get("part", "")

    @cached_property
    def definition(self) -> Definition:
        return definitions()[self.kwargs["key"]]

    @cached_property
    def figure(self) -> ReportFigure:
        key = self.definition.key
        return read_report(self.scope, keys={key}).by_key[key]

    @property
    def report_url(self) -> str:
        return f"{reverse('figures_backoffice:report')}{self.query(year=str(self.year))}#{self.definition.key}"

    def get_page_subtitle(self) -> str:
        part: ReportPart | None = self.figure.part(self.part)
        name = part.label if part else _("not known") if self.figure.is_breakdown else ""
        return ", ".join(each for each in (self.figure.label, name, str(self.year)) if each)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": self.report_url, "label": _("Report of a year")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        queryset = self.rows.queryset if self.rows.queryset.ordered else self.rows.queryset.order_by("pk")
        page = Paginator(queryset, PAGE).get_page(self.request.GET.get("p"))
        return context | {
            "figure": self.figure,
            "total": self.rows.total(),
            "weight": self.rows.weight,
            "headings": [str(column.label) for column in self.rows.columns],
            "lines": [self._line(row) for row in page],
            "page_obj": page,
        }

    def _line(self, row: Any) -> dict[str, Any]:
        """What the columns read of a row, and where its own screen is."""
        read: Iterator[Any] = (column.read(row) for column in self.rows.columns)
        cells = ["–" if value is None or value == "" else value for value in read]
        if self.rows.weight:
            cells.append(getattr(row, self.rows.weight))
        return {"cells": cells, "url": self.rows.link(row) if self.rows.link else ""}
