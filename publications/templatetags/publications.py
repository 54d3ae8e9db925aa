"""Filters and tags of the publication pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.languages import language_names
from publications.enums import Kind
from publications.library.entries import PAPER, PDF, Hit

register = template.Library()


@register.filter
def volume(number: int | None) -> str:
    """`no. 5`; nothing where a work has no number."""
    # Translators: the number of an issue in its series, as in "Connect no. 5".
    return _("no. %(number)s") % {"number": number} if number else ""


@register.filter
def kind_name(kind: str) -> str:
    """`themed issue`."""
    return str(Kind(kind).label)


@register.filter
def languages_named(codes: Iterable[str]) -> str:
    """`French, Dutch`, in the reader's language."""
    return language_names(codes)


@register.filter
def language_tag(codes: Iterable[str]) -> str:
    """The language to announce a title in: the only one, or nothing for a bilingual edition."""
    codes = list(codes)
    return codes[0] if len(codes) == 1 else ""


@register.filter
def formats_named(formats: Iterable[str]) -> str:
    """`PDF, on paper`, or that there is only a reference."""
    words = {PDF: "PDF", PAPER: _("on paper")}
    return ", ".join(words[each] for each in formats if each in words) or _("reference only")


@register.filter
def snippet(hit: Hit) -> SafeString:
    """The words around a match, the match marked. What stands in a file is text, never markup."""
    marked = (format_html("<mark>{}</mark>", part) if place % 2 else part for place, part in enumerate(hit.parts))
    return format_html_join("", "{}", ((part,) for part in marked))


@register.filter
def file_size(size: int) -> str:
    """`31 kB`, `1.2 MB`: as people and their computers' file lists say it."""
    if size < 1_000_000:
        return _("%(number)s kB") % {"number": formats.number_format(max(1, round(size / 1000)))}
    return _("%(number)s MB") % {"number": formats.number_format(round(size / 1_000_000, 1), decimal_pos=1)}


@register.simple_tag
def file_url(edition: Any, version: int | None = None) -> str:
    """The stable URL of an edition, or of one of its versions."""
    return str(edition.file_url(version))


@register.simple_tag
def hit_url(entry: Any) -> str:
    """The URL of a match: the file, opened at its page. The view corrects the file name in it."""
    return f"{reverse('publications_files:download', args=[entry.hit.reference, f'smes-{entry.code}'])}#page={entry.hit.page}"
