"""The page for everything that is text: sub-pages of a programme, about, legal pages."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage


class StandardPage(BasePage):
    """A title, an introduction and a body of blocks."""

    body = BodyField(CONTENT, verbose_name=_("body"), blank=True)

    template = "home/standard_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.ProgrammePage", "home.StandardPage"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
