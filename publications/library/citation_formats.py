"""Builds the citation of a page."""

from collections.abc import Iterable
from typing import Any

from core.text.safety import writable
from publications.enums import EditionStatus
from publications.library.citations import Citation


def citation_of(page: Any, *, editions: Iterable[Any], authors: Iterable[Any], url: str) -> Citation:
    """In the language of the page where there is an edition in it; the title as printed then, else the first edition's. What is
    withdrawn is still cited, after what is not. No query."""
    work, language = page.work, page.locale.language_code
    ours = sorted(editions, key=lambda edition: (edition.status == EditionStatus.WITHDRAWN, language not in edition.languages))
    edition = ours[0] if ours else None
    file = edition.current_file if edition else None
    return Citation(
        code=work.code,
        kind=work.kind,
        title=_line(edition.title if edition else page.title),
        subtitle=_line(edition.subtitle if edition else page.subtitle),
        authors=tuple(_line(author.shown_name) for author in authors),
        year=work.year,
        published_on=work.published_on,
        publisher=_line(work.publisher),
        url=url,
        languages=tuple(edition.languages) if edition else (language,),
        series=_line(work.series.name) if work.series else "",
        number=work.number,
        container_title=_line(work.container_title),
        isbn=edition.isbn if edition else "",
        issn=work.series.issn if work.series else "",
        pages=file.page_count if file else 0,
    )


def _line(text: str) -> str:
    """A field of a citation is one line in every format."""
    return " ".join(writable(text).split())
