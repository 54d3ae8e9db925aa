"""A year told to those who fund the work: on the screen, on paper, and as a PDF."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Locale
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage
from core.pages.figures import read_figures
from core.pages.own_words import in_own_words
from home.year.blocks import WORDS_AND_FIGURES, FigureTablesBlock, OutlookBlock, ProgrammeYearBlock, StoryBlock
from home.year.headings import HEADINGS
from home.year.pdf import answer_with_pdf

STORIES = 3


class YearPage(RoutablePageMixin, BasePage):
    """One year. The next one is a copy of this page with other words and figures (docs/year.md)."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    opening = BodyField(WORDS_AND_FIGURES, verbose_name=_("opening"), blank=True)
    programmes = BodyField([("programme", ProgrammeYearBlock())], verbose_name=_("programmes"), blank=True)
    stories = BodyField([("story", StoryBlock())], verbose_name=_("stories"), blank=True, max_num=STORIES)
    outlook = BodyField([("outlook", OutlookBlock())], verbose_name=_("what comes next"), blank=True)
    funding = BodyField(WORDS_AND_FIGURES, verbose_name=_("funding"), blank=True)
    sources = BodyField(WORDS_AND_FIGURES, verbose_name=_("where the figures come from"), blank=True)
    tables = BodyField([("tables", FigureTablesBlock())], verbose_name=_("all the figures"), blank=True)

    template = "home/year_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    STREAMS: ClassVar = ("opening", "programmes", "stories", "outlook", "funding", "sources", "tables")
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("year"), *(FieldPanel(name) for name in STREAMS)]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("opening"),
        index.SearchField("programmes"),
        index.SearchField("stories"),
        index.SearchField("outlook"),
        index.SearchField("funding"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("year")
        verbose_name_plural = _("years")

    @classmethod
    def latest(cls, locale: Locale) -> "YearPage | None":
        """The page of the latest year told in a language. One query."""
        return cls.objects.live().filter(in_own_words(), locale=locale).order_by("-year", "-pk").first()

    @property
    def streams(self) -> list[StreamValue]:
        """All its words and figures, in the order of the page."""
        return [getattr(self, name) for name in self.STREAMS]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`pdf_url`: where the same words are as a PDF; `parts`: those every year has, if filled in; `sections`: its headings."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        read_figures(self.streams, year=self.year)
        parts = [{"id": name, "text": words, "blocks": getattr(self, name)} for name, words in HEADINGS.items() if getattr(self, name)]
        programmes = [{"text": each.value["title"], "id": slugify(each.value["title"])} for each in self.programmes]
        pdf_url = f"{self.get_url(request)}{self.reverse_subpage('pdf')}"
        return context | {"pdf_url": pdf_url, "parts": parts, "sections": [*programmes, *parts]}

    @path("pdf/", name="pdf")
    def pdf(self, request: HttpRequest) -> HttpResponse:
        """The page as a PDF."""
        return answer_with_pdf(request, self)
