"""Links to pages or URLs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from core.blocks.own_urls import in_readers_language


class LinkValue(blocks.StructValue):
    """A link ready to show: `core.pages.links.localise_links` sets its target for the reader's language."""

    target: Page | None = None

    @property
    def href(self) -> str:
        page = self.target or self["page"]
        return (page.url or "") if page else in_readers_language(self["url"] or "")

    @property
    def label(self) -> str:
        page = self.target or self["page"]
        return self["text"] or (page.title if page else "")


class LinkBlock(blocks.StructBlock):
    """A link to a page or a URL. Without a text, the page's title is shown."""

    page = blocks.PageChooserBlock(required=False, label=_("page"))
    url = blocks.URLBlock(required=False, label=_("or address"))
    text = blocks.CharBlock(required=False, max_length=120, label=_("text"))

    class Meta:
        icon = "link"
        label = _("link")
        template = "blocks/link.html"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(_("Choose a page or type an address: one of the two."))]
            )
        if cleaned.get("url") and not cleaned.get("text"):
            raise blocks.StructBlockValidationError({"text": ValidationError(_("Say where the address leads."))})
        return cleaned


class MenuBlock(blocks.StructBlock):
    """A menu entry with at most one level below."""

    link = LinkBlock(label=_("link"))
    children = blocks.ListBlock(LinkBlock(), required=False, default=[], label=_("below it"))

    class Meta:
        icon = "list-ul"
        label = _("entry")
        template = "blocks/menu.html"
        description = _("A line of the menu, with the lines below it.")
        preview_value = {  # noqa: RUF012
            "link": {"url": "https://example.org/", "text": "Formations", "page": None},
            "children": [{"url": "https://example.org/catalogue/", "text": "Catalogue", "page": None}],
        }
