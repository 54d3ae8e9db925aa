"""Metadata of a publication for machines: Highwire Press, Dublin Core, schema.org."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from core.web.structured_data import json_ld
from publications.enums import LICENCE_URLS, Kind
from publications.library.citations import Citation

SCHEMA_TYPES = {Kind.ARTICLE: "ScholarlyArticle", Kind.GUIDE: "Book", Kind.POSITION: "Article"}


def meta_tags(citation: Citation, *, pdf_url: str, licence: str) -> list[tuple[str, str]]:
    """Names and contents of `<meta>`, in a fixed order; nothing empty."""
    day = f"{citation.published_on:%Y/%m/%d}" if citation.published_on else str(citation.year)
    is_article = citation.kind == Kind.ARTICLE
    tags = [("citation_title", citation.whole_title)]
    tags += [("citation_author", author) for author in citation.authors]
    tags += [
        ("citation_publication_date", day),
        ("citation_journal_title", citation.container_title if is_article else ""),
        ("citation_technical_report_institution", "" if is_article else citation.publisher),
        ("citation_technical_report_number", "" if is_article or not citation.number else f"{citation.series} {citation.number}"),
        ("citation_isbn", citation.isbn),
        ("citation_issn", citation.issn),
        *(("citation_language", language) for language in citation.languages),
        ("citation_pdf_url", pdf_url),
        ("DC.title", citation.whole_title),
        *(("DC.creator", author) for author in citation.authors),
        ("DC.publisher", citation.publisher),
        ("DC.date", f"{citation.published_on:%Y-%m-%d}" if citation.published_on else str(citation.year)),
        ("DC.type", "Text"),
        *(("DC.language", language) for language in citation.languages),
        ("DC.identifier", citation.url),
        ("DC.rights", LICENCE_URLS.get(licence, "")),
    ]
    return [(name, content) for name, content in tags if content]


def schema_data(page: Any, citation: Citation, editions: Iterable[Any], *, file_urls: dict[int, str]) -> SafeString:
    """The work as JSON-LD, its editions as `workExample` with their files."""
    work = page.work
    data: dict[str, Any] = {
        "@type": SCHEMA_TYPES.get(Kind(work.kind), "Report"),
        "name": citation.whole_title,
        "description": page.summary,
        "url": citation.url,
        "inLanguage": list(citation.languages),
        "author": [{"@type": "Organization", "name": author} for author in citation.authors],
        "publisher": {"@type": "Organization", "name": citation.publisher},
        "datePublished": f"{work.published_on:%Y-%m-%d}" if work.published_on else str(work.year),
        "workExample": [_edition(edition, file_urls.get(edition.pk, "")) for edition in editions],
    }
    if citation.number and SCHEMA_TYPES.get(Kind(work.kind)) is None:
        data["reportNumber"] = f"{citation.series} {citation.number}"
    if citation.series:
        data["isPartOf"] = {"@type": "CreativeWorkSeries", "name": citation.series} | ({"issn": citation.issn} if citation.issn else {})
    if work.licence in LICENCE_URLS:
        data["license"] = LICENCE_URLS[work.licence]
    return json_ld(data)


def _edition(edition: Any, url: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Book",
        "name": edition.title,
        "inLanguage": edition.languages,
        "bookFormat": "https://schema.org/EBook",
    }
    if edition.isbn:
        found["isbn"] = edition.isbn
    if url and edition.current_file:
        file = edition.current_file
        found |= {"numberOfPages": file.page_count, "accessibilityFeature": ["taggedPDF" if file.is_tagged else "none"]}
        found["encoding"] = {"@type": "MediaObject", "contentUrl": url, "encodingFormat": "application/pdf", "contentSize": str(file.size)}
    else:
        found["bookFormat"] = "https://schema.org/Paperback"
    return found
