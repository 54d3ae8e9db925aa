"""The way back to a list, above every screen of the back-office that was opened from it."""

from typing import Any

from django import template

from core.backoffice import way_back as back

register = template.Library()


@register.inclusion_tag("core/backoffice/parts/way_back.html", takes_context=True)
def way_back(context: Any) -> dict[str, str]:
    """Nothing where the URL names no page of this site."""
    return {"url": back.way_back(context["request"])}
