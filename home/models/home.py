"""The home page: three entrances for three kinds of visitor."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.data import KeyFiguresBlock
from core.blocks.links import LinkBlock
from core.fields import BodyField
from core.models import BasePage
from home.showcase import showcase


class DoorBlock(blocks.StructBlock):
    """One of the three doors of the home page."""

    title = blocks.CharBlock(max_length=80, label=_("title"))
    text = blocks.TextBlock(max_length=200, label=_("text"))
    link = LinkBlock(label=_("link"))

    class Meta:
        icon = "arrow-right"
        label = _("door")
        template = "blocks/door.html"
        description = _("A way into the site for one kind of visitor.")
        preview_value = {  # noqa: RUF012
            "title": "Je cherche une formation",
            "text": "Cinquante modules pour les équipes de première ligne.",
            "link": {"url": "https://example.org/", "text": "Voir le catalogue", "page": None},
        }


class HomePage(BasePage):
    """Says in one sentence what Smes does and opens three doors."""

    doors = BodyField([("door", DoorBlock())], verbose_name=_("doors"), blank=True, max_num=3)
    key_figures = BodyField([("key_figures", KeyFiguresBlock())], verbose_name=_("key figures"), blank=True, max_num=1)

    template = "home/home_page.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("doors"), FieldPanel("key_figures")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("doors")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | showcase(self)
