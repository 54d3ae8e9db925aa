"""Blocks of figures, with year and source, and charts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.charts import DRAWN, Reading
from core.blocks.figures import FigureRowBlock, FiguresBlock, FiguresValue

MOST_COLUMNS = 8
EMPTY_YEAR = _("Empty: the latest year the report’s figures have.")
EMPTY_SOURCE = _("Only for values you typed; the report’s figures bring theirs.")


class KeyFigureBlock(FigureRowBlock):
    """One figure and what it counts."""

    unit = blocks.CharBlock(
        required=False, default="", max_length=12, label=_("unit"), help_text=_("Of a value you typed, for example % or €.")
    )


class KeyFiguresBlock(FiguresBlock):
    """One to six figures of one year."""

    figures = blocks.ListBlock(KeyFigureBlock(), min_num=1, max_num=6, label=_("figures"))
    year = blocks.IntegerBlock(required=False, min_value=2000, max_value=2100, label=_("year"), help_text=EMPTY_YEAR)
    source = blocks.CharBlock(required=False, default="", max_length=160, label=_("source"), help_text=EMPTY_SOURCE)

    class Meta:
        icon = "order"
        label = _("key figures")
        template = "blocks/key_figures.html"
        description = _("A few figures with their year and source.")
        value_class = FiguresValue
        preview_value = {  # noqa: RUF012
            "figures": [{"value": 90, "unit": "%", "label": "gardent leur logement"}],
            "year": 2024,
            "source": "Rapport d’activités 2024",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"figures": value.readings()}


class ChartRowBlock(FigureRowBlock):
    """One bar, part or column."""

    class Meta:
        label = _("row")


class ChartBlock(FiguresBlock):
    """A chart (SVG) with the same figures as a table."""

    title = blocks.CharBlock(max_length=160, label=_("title"))
    kind = blocks.ChoiceBlock(
        choices=[("bars", _("bars to compare")), ("share", _("parts of a whole")), ("years", _("columns, a year each"))],
        default="bars",
        label=_("kind"),
        help_text=_("Columns: one figure gives a column for each year that is known of it."),
    )
    unit = blocks.CharBlock(required=False, default="", max_length=40, label=_("unit"))
    rows = blocks.ListBlock(ChartRowBlock(), min_num=1, max_num=24, label=_("rows"))
    year = blocks.IntegerBlock(required=False, min_value=2000, max_value=2100, label=_("year"), help_text=EMPTY_YEAR)
    source = blocks.CharBlock(required=False, default="", max_length=160, label=_("source"), help_text=EMPTY_SOURCE)

    rows_name = "rows"

    class Meta:
        icon = "order"
        label = _("chart")
        template = "blocks/chart.html"
        description = _("Bars, parts or columns, with the table of their figures.")
        value_class = FiguresValue
        preview_value = {  # noqa: RUF012
            "title": "Secteurs",
            "kind": "bars",
            "unit": "%",
            "rows": [{"label": "Santé mentale", "value": 20}, {"label": "Logement", "value": 12}],
            "year": 2024,
            "source": "Rapport d’activités 2024",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if len(self._readings(cleaned)) < 2:
            few = ValidationError(gettext("A chart compares at least two figures."))
            raise blocks.StructBlockValidationError({"rows": few})
        if cleaned["kind"] == "years" and len(self._readings(cleaned)) > MOST_COLUMNS:
            many = ValidationError(gettext("More than %(count)s columns do not fit on a phone: choose bars.") % {"count": MOST_COLUMNS})
            raise blocks.StructBlockValidationError({"kind": many})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        readings = self._readings(value)
        kind = value.get("kind") or "bars"
        shown = {"title": value["title"], "kind": kind, "unit": value.get("unit") or "", "bars": DRAWN[kind](readings)}
        return context | shown | ({"year": None} if self._is_one_figure(value) else {})

    @staticmethod
    def _is_one_figure(value: Any) -> bool:
        """Its years are what is compared."""
        return value.get("kind") == "years" and len(value.rows) == 1 and bool(value.figure_keys)

    def _readings(self, value: Any) -> list[Reading]:
        if not self._is_one_figure(value):
            readings: list[Reading] = value.readings()
            return readings
        years = reversed(value.known.get(value.figure_keys[0], []))
        return [Reading(str(each.year), each.value, each.figure.sign, each.is_approximate) for each in years]
