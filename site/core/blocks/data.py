"""Blocks of figures, with year and source, and charts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class KeyFigureBlock(blocks.StructBlock):
    """One figure and what it counts."""

    value = blocks.DecimalBlock(label=_("value"))
    unit = blocks.CharBlock(required=False, max_length=12, label=_("unit"), help_text=_("for example % or €"))
    label = blocks.CharBlock(max_length=160, label=_("what it counts"))

    class Meta:
        icon = "order"
        label = _("figure")


class KeyFiguresBlock(blocks.StructBlock):
    """Two to six figures of one year and one source."""

    figures = blocks.ListBlock(KeyFigureBlock(), min_num=1, max_num=6, label=_("figures"))
    year = blocks.IntegerBlock(min_value=2000, max_value=2100, label=_("year"))
    source = blocks.CharBlock(max_length=160, label=_("source"))

    class Meta:
        icon = "order"
        label = _("key figures")
        template = "blocks/key_figures.html"
        description = _("A few figures with their year and source.")
        preview_value = {  # noqa: RUF012
            "figures": [{"value": 90, "unit": "%", "label": "gardent leur logement"}],
            "year": 2024,
            "source": "Rapport d’activités 2024",
        }


class ChartRowBlock(blocks.StructBlock):
    """One bar."""

    label = blocks.CharBlock(max_length=120, label=_("label"))
    value = blocks.DecimalBlock(min_value=0, label=_("value"))

    class Meta:
        icon = "order"
        label = _("row")


class ChartBlock(blocks.StructBlock):
    """A bar chart (SVG) with the same figures as a table."""

    title = blocks.CharBlock(max_length=160, label=_("title"))
    unit = blocks.CharBlock(required=False, max_length=40, label=_("unit"))
    rows = blocks.ListBlock(ChartRowBlock(), min_num=2, max_num=24, label=_("rows"))
    year = blocks.IntegerBlock(min_value=2000, max_value=2100, label=_("year"))
    source = blocks.CharBlock(max_length=160, label=_("source"))

    class Meta:
        icon = "order"
        label = _("bar chart")
        template = "blocks/chart.html"
        description = _("Bars to compare, with the table of their figures.")
        preview_value = {  # noqa: RUF012
            "title": "Secteurs",
            "unit": "%",
            "rows": [{"label": "Santé mentale", "value": 20}, {"label": "Logement", "value": 12}],
            "year": 2024,
            "source": "Rapport d’activités 2024",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        largest = max((row["value"] for row in value["rows"]), default=0) or 1
        context["bars"] = [
            {"label": row["label"], "value": row["value"], "share": f"{float(row['value'] / largest) * 100:.2f}"} for row in value["rows"]
        ]
        return context
