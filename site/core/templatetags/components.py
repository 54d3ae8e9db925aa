"""Filters and tags of the components."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import pgettext
from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractRendition, SourceImageIOError
from wagtail.models import Page

from core.languages import current_language
from core.models import BasePage
from core.page_cache.kept import kept
from core.pages.renditions import shared_rendition
from core.text.numbers import written_number
from core.web.maps import map_url

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error in the summary leads to: the first choice of a group, else the control itself."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


@register.filter
def names(error: str, field: BoundField) -> bool:
    """Whether an error says which question it is about. `in` of a template never finds a label that is translated late."""
    return str(field.label) in str(error)


register.filter(map_url)


register.filter("figure", written_number)


@register.filter
def about(is_approximate: bool) -> str:
    """What stands before a number whose source says “about” or “more than”."""
    return format_html('<span class="about-number">{}</span> ', pgettext("before a number", "about")) if is_approximate else ""


@register.filter
def percent(value: int) -> str:
    """`85 %`, in English `85%`."""
    return f"{value}%" if current_language() == "en" else f"{value}\N{NO-BREAK SPACE}%"


@register.filter
def page_range(paginator: Paginator, number: int) -> Iterator[int | str]:
    """The page numbers worth showing around `number`, with an ellipsis where some are left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context: template.Context) -> dict[str, Any]:
    """The pages above the page shown, from the home page down. One query, none for the home page or where there is no page."""
    page = context.get("page")
    if not isinstance(page, Page) or page.depth <= 2:
        return {"crumbs": []}
    above = kept(("pages above", page.pk), lambda: list(page.get_ancestors().filter(depth__gt=1, live=True).order_by("depth")))
    return {"crumbs": [{"text": each.title, "href": each.get_url(context.get("request"))} for each in above]}


@register.simple_tag
def shared_image(page: Any) -> AbstractRendition | None:
    """The picture a shared link shows; none where its file cannot be read."""
    try:
        return shared_rendition(page) if isinstance(page, BasePage) else None
    except SourceImageIOError:
        return None


@register.simple_tag
def section_headings(body: StreamValue) -> list[dict[str, str]]:
    """The section headings of a body with the ids their blocks carry, for a table of contents."""
    return [{"text": block.value, "id": slugify(block.value)} for block in body if block.block_type == "heading"]
