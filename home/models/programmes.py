"""Connect, Support and Housing First, each with its mark and its hue."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage, Programme
from core.pages.own_words import in_own_words
from home.models.year import YearPage

PILLARS = 6  # more summaries would push the words of the page out of sight


class ProgrammePage(BasePage):
    """The entrance of one programme. Its first child pages are its pillars."""

    programme = models.CharField(_("programme"), max_length=20, choices=Programme)
    body = BodyField(CONTENT, verbose_name=_("body"), blank=True)

    template = "home/programme_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("programme"), FieldPanel("body")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("programme page")
        verbose_name_plural = _("programme pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`pillars`, then `others`: the child pages that are live, in their order, whatever app they come from, one query a kind.

        `year_page`: the latest.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(self.get_children().live().filter(in_own_words()).specific())
        return context | {"pillars": pages[:PILLARS], "others": pages[PILLARS:], "year_page": YearPage.latest(self.locale)}
