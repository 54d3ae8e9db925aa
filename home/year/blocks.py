"""The blocks of a page that tells a year: a programme, a story, what comes next, and tables of figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.cards import LinksBlock
from core.blocks.data import EMPTY_SOURCE, EMPTY_YEAR, ChartBlock, KeyFigureBlock, KeyFiguresBlock
from core.blocks.figures import FiguresBlock, FiguresValue
from core.blocks.text import TextBlock
from core.models import Programme

SOURCE = "Rapport d’activités 2024"
WORDS = "<p>Quarante organisations ont appelé l’équipe.</p>"


class ProgrammeYearBlock(blocks.StructBlock):
    """The year of one programme: what it meant for people, its key figures, charts, and ways to read on."""

    programme = blocks.ChoiceBlock(choices=Programme.choices, label=_("programme"))
    title = blocks.CharBlock(max_length=80, label=_("title"))
    text = TextBlock(label=_("text"))
    # A list of at most one: wagtail-localize finds no list in a struct of a struct, and would leave the figures in French.
    key_figures = blocks.ListBlock(KeyFiguresBlock(), default=[], max_num=1, label=_("key figures"))
    charts = blocks.ListBlock(ChartBlock(), default=[], max_num=3, label=_("charts"))
    links = LinksBlock(default=[], max_num=4, label=_("links"))

    class Meta:
        icon = "group"
        label = _("year of a programme")
        template = "home/year/programme.html"
        description = _("What a programme did in the year, with its figures and charts.")
        preview_value = {  # noqa: RUF012
            "programme": "support",
            "title": "Support",
            "text": WORDS,
            "key_figures": [{"figures": [{"value": 55, "unit": "", "label": "nouvelles demandes"}], "year": 2024, "source": SOURCE}],
            "charts": [],
            "links": [{"url": "https://example.org/", "text": "Le programme", "page": None}],
        }


class StoryBlock(blocks.StructBlock):
    """Something that happened in the year, told in a few sentences. No person is named."""

    programme = blocks.ChoiceBlock(choices=Programme.choices, label=_("programme"))
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = TextBlock(label=_("text"))
    links = LinksBlock(default=[], max_num=2, label=_("links"))

    class Meta:
        icon = "openquote"
        label = _("story")
        template = "home/year/story.html"
        description = _("Something that happened in the year, in a few sentences.")
        preview_value = {  # noqa: RUF012
            "programme": "connect",
            "title": "Une journée pour l’expertise du vécu",
            "text": WORDS,
            "links": [{"url": "https://example.org/", "text": "La journée", "page": None}],
        }


class OutlookBlock(blocks.StructBlock):
    """What a programme plans for the year after."""

    programme = blocks.ChoiceBlock(choices=Programme.choices, label=_("programme"))
    title = blocks.CharBlock(max_length=80, label=_("title"))
    text = TextBlock(label=_("text"))
    links = LinksBlock(default=[], max_num=2, label=_("links"))

    class Meta:
        icon = "arrow-right"
        label = _("what comes next")
        template = "home/year/outlook.html"
        description = _("What a programme plans for the next year.")
        preview_value = {  # noqa: RUF012
            "programme": "support",
            "title": "Support",
            "text": WORDS,
            "links": [{"url": "https://example.org/", "text": "Les perspectives", "page": None}],
        }


class FigureTableBlock(FiguresBlock):
    """Figures that belong together. The unit stands once, in the heading of the table, or with each figure."""

    title = blocks.CharBlock(max_length=160, label=_("title"))
    unit = blocks.CharBlock(required=False, default="", max_length=40, label=_("unit"))
    rows = blocks.ListBlock(KeyFigureBlock(), min_num=1, label=_("figures"))
    year = blocks.IntegerBlock(required=False, min_value=2000, max_value=2100, label=_("year"), help_text=EMPTY_YEAR)
    source = blocks.CharBlock(required=False, default="", max_length=160, label=_("source"), help_text=EMPTY_SOURCE)

    rows_name = "rows"

    class Meta:
        icon = "table"
        label = _("table of figures")
        value_class = FiguresValue


class FigureTablesBlock(blocks.StructBlock):
    """All the figures of one programme, folded on the screen, in full on paper."""

    title = blocks.CharBlock(max_length=80, label=_("title"))
    tables = blocks.ListBlock(FigureTableBlock(), min_num=1, label=_("tables"))

    class Meta:
        icon = "table"
        label = _("tables of figures")
        template = "home/year/tables.html"
        description = _("All the figures of a programme, in tables that unfold.")
        preview_value = {  # noqa: RUF012
            "title": "Housing First",
            "tables": [
                {
                    "title": "Déménagements",
                    "unit": "",
                    "rows": [{"value": 28, "unit": "", "label": "au total"}],
                    "year": 2024,
                    "source": SOURCE,
                }
            ],
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """`tables`: those with a figure in their year; `count`: how many figures; `source` and `year`, once for all of them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | shown_tables(value)


def shown_tables(value: Any) -> dict[str, Any]:
    """What a page and its PDF show of a block of tables."""
    tables = [{"title": each["title"], "unit": each["unit"], "rows": rows} for each in value["tables"] if (rows := each.readings())]
    sources = dict.fromkeys(each.shown_source() for each in value["tables"])
    years = dict.fromkeys(each.shown_year for each in value["tables"])
    return {
        "tables": tables,
        "count": sum(len(each["rows"]) for each in tables),
        "source": ", ".join(each for each in sources if each),
        "year": next(iter(years)) if len(years) == 1 else None,
    }


# The opening and the closing of the page.
WORDS_AND_FIGURES = [("text", TextBlock()), ("key_figures", KeyFiguresBlock()), ("chart", ChartBlock()), ("links", LinksBlock())]
