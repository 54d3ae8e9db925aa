"""The store of figures in the Wagtail admin: what is counted, with its value of each year (docs/figures.md)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from core.backoffice.listing import FigureColumn, IndexView
from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import EditableViewSet
from core.models import Figure
from core.text.numbers import written_number

# The headings an import knows: the export of one year, filled in anew, is the file of the next.
EXPORT = {
    **{name: name for name in ("key", "programme", "section", "unit", "label_fr", "label_nl", "label_en")},
    **{f"latest_{name}": name for name in ("year", "value", "source_fr", "source_nl", "source_en")},
}


def latest(figure: Any) -> str:
    """`2 542`, and its sign."""
    if figure.latest_value is None:
        return "–"
    return f"{written_number(figure.latest_value)} {figure.sign}".strip()


class FigureIndexView(IndexView):
    """By programme and section, as the report tells them."""

    list_display = (
        TitleColumn("label", label=_("Figure"), accessor="label", url_name="core_figures:edit"),
        Column("key", label=_("Key"), sort_key="key"),
        Column("programme", label=_("Programme"), accessor=lambda row: row.get_programme_display() or "–"),
        Column("section", label=_("Section of the report")),
        FigureColumn("value", label=_("Latest value"), accessor=latest),
        Column("year", label=_("Year"), accessor=lambda row: row.latest_year or "–"),
    )

    def get_base_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_base_queryset()
        return rows.with_latest()


class FigureViewSet(EditableViewSet):
    """Figures and their values, in one form."""

    model = Figure
    name = "core_figures"
    url_prefix = "figures"
    icon = "order"
    menu_label = _("Figures")
    menu_order = MenuOrder.FIGURES
    add_to_admin_menu = True
    index_view_class = FigureIndexView
    list_filter = ("programme", "unit")
    search_fields = ("key", "label_fr", "label_nl", "label_en")
    list_export = tuple(EXPORT)
    export_headings: ClassVar = EXPORT
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("label_fr"), FieldPanel("label_nl"), FieldPanel("label_en")], heading=_("What it counts")),
            MultiFieldPanel(
                [FieldPanel("key"), FieldPanel("unit"), FieldPanel("programme"), FieldPanel("section")], heading=_("Where it belongs")
            ),
            InlinePanel(
                "values",
                heading=_("Values of years"),
                label=_("Value"),
                panels=[
                    FieldRowPanel([FieldPanel("year"), FieldPanel("value"), FieldPanel("is_approximate")]),
                    FieldPanel("source_fr"),
                    FieldPanel("source_nl"),
                    FieldPanel("source_en"),
                    FieldPanel("note"),
                ],
            ),
        ]
    )
