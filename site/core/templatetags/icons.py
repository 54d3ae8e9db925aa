"""Icons of the SVG sprite."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# The symbols of static/icons/sprite.svg; a test keeps both lists equal.
ICONS = frozenset(
    (
        *("arrow", "calendar", "check", "clock", "close", "document", "down", "download", "euro", "info", "language", "link"),
        *("mail", "menu", "person", "phone", "pin", "print", "search", "seat", "step-free", "team", "tram", "warning"),
    )
)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decoration beside words: hidden from screen readers, coloured like the text. A wrong name fails loudly."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon named {name!r}; the sprite has {', '.join(sorted(ICONS))}")
    return _drawn(name, static("icons/sprite.svg"))


@lru_cache(maxsize=100)
def _drawn(name: str, sprite: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', sprite, name)
