"""Colours of the sections in a mail: mail programs have no CSS variables. The same pairs as static/css/tokens.css."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# (for shapes, for text): connect, housing, support, soft ink.
HUES = {
    "smes": ("#0f6b68", "#0d5553"),
    "sector": ("#b04a2e", "#8f3620"),
    "trainings": ("#b0740a", "#764a00"),
    "publications": ("#0f6b68", "#0d5553"),
    "press": ("#b0740a", "#764a00"),
    "events": ("#b04a2e", "#8f3620"),
}


@register.filter
def section_hue(kind: str) -> str:
    """The hue of a section for shapes."""
    return HUES.get(kind, HUES["smes"])[0]


@register.filter
def section_ink(kind: str) -> str:
    """The hue of a section for text: 4.5:1 on paper."""
    return HUES.get(kind, HUES["smes"])[1]


@register.filter
def lines(text: str) -> SafeString:
    """Line ends as closed tags: MJML is XML."""
    return mark_safe("<br/>".join(escape(line) for line in text.splitlines()))  # noqa: S308 (each line is escaped)
