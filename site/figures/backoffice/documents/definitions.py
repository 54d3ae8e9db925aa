"""How each figure is counted, for whoever reads the report: its words, and what its function says of itself."""

import inspect
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.backoffice.permissions import RequiresPermission
from core.figures.definitions import Definition
from core.figures.sections import place_of, section_label
from figures.backoffice.permissions import OPEN_REPORT
from figures.report.reading import definitions


class DefinitionsView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """All of them, in the order of the report. Nothing is counted here."""

    permission = OPEN_REPORT
    template_name = "figures/backoffice/definitions.html"
    page_title = _("How each figure is counted")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = sorted(definitions().values(), key=lambda each: (place_of(each.section), each.section))
        sections = [
            (section_label(name), [self._line(each) for each in rows]) for name, rows in groupby(found, key=lambda each: each.section)
        ]
        return super().get_context_data(**kwargs) | {"sections": sections}

    @staticmethod
    def _line(definition: Definition) -> dict[str, Any]:
        return {
            "key": definition.key,
            "label": definition.label,
            "counts": definition.counts,
            "programme": definition.programme.label if definition.programme else "",
            "unit": definition.unit.label,
            "explained": inspect.getdoc(definition.count) or "",
        }
