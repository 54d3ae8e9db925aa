"""What the PDF of a year says: the words and figures of the page, in its language, as data for templates/home/pdf/year.typ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from core.artwork.tiles import paper_band
from core.pages.links import localise_links
from core.text.numbers import written_number
from home.year.headings import HEADINGS
from home.year.words import absolute, pieces_of

if TYPE_CHECKING:
    from home.models.year import YearPage

Data = dict[str, Any]


def year_document(page: "YearPage") -> Data:
    """Every word of the page in reading order. Queries: those of its links."""
    language = page.locale.language_code
    localise_links([getattr(page, name) for name in page.STREAMS], language)
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
            "stories": [_story(each.value) for each in page.stories],
            "outlook": [_outlook(each.value) for each in page.outlook],
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
    return {
        **_headed(value),
        "key_figures": [_key_figures(each) for each in value["key_figures"]],
        "charts": [_chart(each) for each in value["charts"]],
        **_links(value["links"]),
    }


def _story(value: Any) -> Data:
    return {**_headed(value), **_links(value["links"])}


def _outlook(value: Any) -> Data:
    return _headed(value)


def _headed(value: Any) -> Data:
    return {"programme": value["programme"], "title": value["title"], **_text(value["text"])}


def _text(value: Any) -> Data:
    return {"pieces": pieces_of(value)}


def _key_figures(value: Any) -> Data:
    return {"figures": [_figure(each) for each in value["figures"]], "source": _source(value)}


def _chart(value: Any) -> Data:
    drawn = value.block.get_context(value)["bars"]
    bars = [{"label": bar["label"], "value": written_number(bar["value"]), "share": float(bar["share"])} for bar in drawn]
    return {"title": value["title"], "unit": value["unit"], "bars": bars, "source": _source(value)}


def _tables(value: Any) -> Data:
    tables = [{"title": each["title"], "unit": each["unit"], "rows": [_figure(row) for row in each["rows"]]} for each in value["tables"]]
    return {"title": value["title"], "tables": tables, "source": _source(value)}


def _figure(each: Any) -> Data:
    # A no-break space between the figure and its unit, as on the page.
    parts = (written_number(each["value"]), each["unit"])
    return {"label": each["label"], "value": "\N{NO-BREAK SPACE}".join(part for part in parts if part)}


def _links(links: Iterable[Any]) -> Data:
    return {"links": [{"text": link.label, "url": absolute(link.href)} for link in links if link.href]}


def _source(value: Any) -> str:
    """As templates/components/source.html says it."""
    if not value["source"]:
        return ""
    source = _("Source: %(source)s") % {"source": value["source"]}
    return f"{source} ({_('figures of %(year)s') % {'year': value['year']}})" if value["year"] else source
