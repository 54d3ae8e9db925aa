"""The page for everything that is text: sub-pages of a programme, about, legal pages."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage
from core.pages.own_words import in_own_words

TOP_LEVEL = 3  # the children of the home page


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`programme`: the one this page lies in, for its hue; `neighbours`: the live pages of the same section, itself among them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        is_in_section = self.depth > TOP_LEVEL
        return context | {
            "programme": self._programme() if is_in_section else "",
            "neighbours": StandardPage.objects.sibling_of(self).live().filter(in_own_words()) if is_in_section else [],
        }

    def _programme(self) -> str:
        """The programme of a page above, as `core.models.Programme` names it; empty outside the programmes."""
        above = self.get_ancestors().filter(programmepage__isnull=False)
        return above.values_list("programmepage__programme", flat=True).first() or ""
