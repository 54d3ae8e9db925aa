"""What the PDF of a year says: the words and figures of the page, in its language, as data for templates/home/pdf/year.typ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.blocks import StreamValue

from core.artwork.tiles import paper_band
from core.blocks.charts import Bar, Reading
from core.pages.figures import read_figures
from core.pages.links import localise_links
from core.text.numbers import written_number
from core.web.rich_text import absolute, pieces_of
from home.year.blocks import shown_tables
from home.year.headings import HEADINGS

if TYPE_CHECKING:
    from home.models.year import YearPage

Data = dict[str, Any]


def year_document(page: "YearPage") -> Data:
    """Every word of the page in reading order. Queries: one for its figures, those of its links."""
    language = page.locale.language_code
    localise_links(page.streams, language)
    read_figures(page.streams, year=page.year)
    made = timezone.localtime(page.last_published_at or page.latest_revision_created_at or timezone.now()).date()
    with translation.override(language):
        return {
            "language": language,
            "date": [made.year, made.month, made.day],
            "document_title": f"{page.title} – Smes",
            "band": paper_band("smes", 24, 3),
            "title": page.title,
            "intro": page.intro,
            "words": _interface(),
            "page_url": absolute(page.url or ""),
            "opening": _blocks(page.opening),
            "programmes": [_programme(each.value) for each in page.programmes],
            "stories": [_linked(each.value) for each in page.stories],
            "outlook": [_linked(each.value) for each in page.outlook],
            "funding": _blocks(page.funding),
            "sources": _blocks(page.sources),
            "tables": [_tables(each.value) for each in page.tables],
        }


def _interface() -> Data:
    """The words the template of the page adds."""
    return {
        **{name: str(words) for name, words in HEADINGS.items()},
        "value": _("Figure"),
        # The template puts the numbers in: it alone knows how many pages there are.
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "same": _("This document says what the page says"),
        "organisation": _("Smes, Brussels. Mental health and social exclusion."),
    }


def _blocks(stream: StreamValue) -> list[Data]:
    """Text, figures, charts and links, in the editor's order."""
    shown = {"text": _text, "key_figures": _key_figures, "chart": _chart, "links": _links}
    return [{"kind": each.block_type} | shown[each.block_type](each.value) for each in stream]


def _programme(value: Any) -> Data:
    linked = _linked(value)
    links = linked.pop("links")  # what leads on stands last
    figures, charts = [_key_figures(each) for each in value["key_figures"]], [_chart(each) for each in value["charts"]]
    return linked | {"key_figures": figures, "charts": charts, "links": links}


def _linked(value: Any) -> Data:
    """What a programme, a story and an outlook share."""
    return {"programme": value["programme"], "title": value["title"], **_text(value["text"]), **_links(value["links"])}


def _text(value: Any) -> Data:
    return {"pieces": pieces_of(value)}


def _key_figures(value: Any) -> Data:
    return {"figures": [_figure(each) for each in value.readings()], "source": _source(value.block.get_context(value))}


def _chart(value: Any) -> Data:
    shown = value.block.get_context(value)
    # Parts of a whole are read as a share as well; every chart is drawn as bars, which need no colour to be told apart.
    has_share = shown["kind"] == "share" and shown["unit"] != "%"
    bars = [
        _figure(bar) | {"share": float(bar.share)} | ({"percent": f"{bar.percent}\N{NO-BREAK SPACE}%"} if has_share else {})
        for bar in shown["bars"]
    ]
    return {"title": shown["title"], "unit": shown["unit"], "bars": bars, "source": _source(shown)}


def _tables(value: Any) -> Data:
    shown = shown_tables(value)
    tables = [table | {"rows": [_figure(row) for row in table["rows"]]} for table in shown["tables"]]
    return {"title": value["title"], "tables": tables, "source": _source(shown)}


def _figure(each: Reading | Bar) -> Data:
    """A figure as it is read: what it counts, and “about 250 €” with no break between the parts."""
    about = pgettext("before a number", "about") if each.is_approximate else ""
    parts = (about, written_number(each.value), getattr(each, "unit", ""))
    return {"label": each.label, "value": "\N{NO-BREAK SPACE}".join(part for part in parts if part)}


def _links(links: Iterable[Any]) -> Data:
    return {"links": [{"text": link.label, "url": absolute(link.href)} for link in links if link.href]}


def _source(shown: Data) -> str:
    """As templates/components/source.html says it."""
    if not shown["source"]:
        return ""
    source = _("Source: %(source)s") % {"source": shown["source"]}
    return f"{source} ({_('figures of %(year)s') % {'year': shown['year']}})" if shown["year"] else source
