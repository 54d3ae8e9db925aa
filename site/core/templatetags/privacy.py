"""The register of processing, below the words of the privacy page."""

from typing import Any

from django import template

from core.models import BasePage
from core.pages.linked_pages import site_texts_for
from core.privacy.public import Part, public_register

register = template.Library()


@register.simple_tag(takes_context=True)
def register_of(context: template.Context, page: Any) -> list[Part]:
    """Of the page that the texts of the site name as the privacy page, in each of its languages; nothing on others."""
    texts: Any = site_texts_for(context.get("request"))
    is_privacy_page = texts is not None and isinstance(page, BasePage) and texts.privacy_key == page.translation_key
    return public_register() if is_privacy_page else []
