"""Formats a `Citation` as text, BibTeX, RIS and CSL-JSON. Pure functions."""

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publications.enums import Kind

BIBTEX_TYPES = {Kind.ARTICLE: "article", Kind.PROCEEDINGS: "proceedings", Kind.GUIDE: "booklet"}
RIS_TYPES = {Kind.ARTICLE: "JOUR", Kind.PROCEEDINGS: "CONF", Kind.GUIDE: "BOOK"}
CSL_TYPES = {Kind.ARTICLE: "article-journal", Kind.GUIDE: "book"}
BIBTEX_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What there is to cite of a work in one language."""

    code: str
    kind: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    year: int
    published_on: datetime.date | None
    publisher: str
    url: str
    languages: tuple[str, ...]
    series: str = ""
    number: int | None = None
    container_title: str = ""
    isbn: str = ""
    issn: str = ""
    pages: int = 0

    @property
    def whole_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def as_text(citation: Citation) -> str:
    """One line to copy, after ISO 690: authors (year). title. In or series. Place: publisher. Identifiers, URL."""
    parts = [f"{' ; '.join(citation.authors) or citation.publisher} ({citation.year})", citation.whole_title]
    if citation.container_title:
        # Translators: in a citation, before the name of the journal.
        parts.append(_("In: %(container)s") % {"container": citation.container_title})
    if citation.series:
        parts.append(f"{citation.series}, {citation.number}" if citation.number else citation.series)
    if not citation.container_title:
        # Translators: in a citation, the place of publication before the publisher.
        parts.append(_("Brussels: %(publisher)s") % {"publisher": citation.publisher})
    if citation.isbn:
        parts.append(f"ISBN {citation.isbn}")
    return f"{'. '.join(part.rstrip('.') for part in parts)}. {citation.url}"


def as_bibtex(citation: Citation) -> str:
    """One entry. Authors stand in double braces: an organisation has no family name."""
    fields = {
        "title": f"{{{_bibtex(citation.whole_title)}}}",
        "author": " and ".join(f"{{{_bibtex(author)}}}" for author in citation.authors),
        "year": str(citation.year),
        "month": f"{citation.published_on:%m}" if citation.published_on else "",
        "journal" if citation.kind == Kind.ARTICLE else "howpublished": _bibtex(citation.container_title),
        "series": _bibtex(citation.series),
        "number": str(citation.number or ""),
        "institution" if citation.kind not in BIBTEX_TYPES else "publisher": _bibtex(citation.publisher),
        "address": _("Brussels"),
        "isbn": citation.isbn,
        "issn": citation.issn,
        # How many there are; `pages` would mean from where to where in a volume.
        "pagetotal": str(citation.pages or ""),
        "language": " and ".join(citation.languages),
        "url": citation.url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{BIBTEX_TYPES.get(Kind(citation.kind), 'techreport')}{{{_key(citation)},\n{lines}\n}}\n"


def as_ris(citation: Citation) -> str:
    """One record; lines end as RIS wants them."""
    rows = [("TY", RIS_TYPES.get(Kind(citation.kind), "RPRT"))]
    rows += [("AU", author) for author in citation.authors]
    rows += [
        ("TI", citation.whole_title),
        ("PY", str(citation.year)),
        ("DA", f"{citation.published_on:%Y/%m/%d}" if citation.published_on else ""),
        ("T2", citation.container_title or citation.series),
        ("IS", str(citation.number or "")),
        ("PB", citation.publisher),
        ("CY", _("Brussels")),
        ("SN", citation.isbn or citation.issn),
        # For an article this tag means its first page in the journal, which we do not know.
        ("SP", str(citation.pages or "") if citation.kind != Kind.ARTICLE else ""),
        ("LA", ", ".join(citation.languages)),
        ("UR", citation.url),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(citation: Citation) -> str:
    """A list of one item, as citation managers read it."""
    day = citation.published_on
    item = {
        "id": citation.code,
        "type": CSL_TYPES.get(Kind(citation.kind), "report"),
        "title": citation.whole_title,
        "author": [{"literal": author} for author in citation.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day] if day else [citation.year]]},
        "publisher": citation.publisher,
        "publisher-place": _("Brussels"),
        "container-title": citation.container_title,
        "collection-title": citation.series,
        "collection-number": str(citation.number or ""),
        "ISBN": citation.isbn,
        "ISSN": citation.issn,
        "number-of-pages": str(citation.pages or ""),
        "language": citation.languages[0] if citation.languages else "",
        "URL": citation.url,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A file to take away."""

    label: str
    content_type: str
    write: Callable[[Citation], str]


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", as_csl),
}


def _key(citation: Citation) -> str:
    return re.sub(r"[^a-z0-9]+", "_", citation.code.lower()) + f"_{citation.year}"


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_CHARACTERS.get(char, char) for char in text)
