"""The library and the pages of its works, one page a language. They load after the editions they show."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.browsing.state import State
from core.models import BasePage
from publications.enums import EditionStatus
from publications.library.entries import build_entries, found_by_page_or_file
from publications.library.listing import LIBRARY, LibraryBrowser, LibraryListing
from publications.models.editions import Edition, PageText
from publications.models.works import Work
from publications.querysets.pages import PublicationPageQuerySet

PROSE = ["bold", "italic", "ol", "ul", "link", "h3"]
LIST = ["ul", "ol"]


class LibraryPage(BasePage):
    """The library: search, facets and every publication of the language."""

    contact_page = models.ForeignKey(
        Page,
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where a reader writes who cannot read a file, or asks for more copies."),
    )

    template = "publications/library_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["publications.PublicationPage"]
    max_count_per_parent = 1
    override_translatable_fields: ClassVar = [SynchronizedField("contact_page")]
    content_panels: ClassVar = [*BasePage.content_panels, PageChooserPanel("contact_page")]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"listing": self._listing(request)}

    def _listing(self, request: HttpRequest) -> LibraryListing:
        """Two queries, four with words to look for, whatever the number of works."""
        state = State.from_query(request.GET, LIBRARY)
        pages = PublicationPage.objects.child_of(self)
        entries = build_entries(pages.library_rows(), Edition.objects.library_rows())
        best = None
        if state.words:
            hits = PageText.objects.best_pages(state.words, language=self.locale.language_code)
            for entry in entries:
                entry.hit = hits.get(entry.work_id)
            best = found_by_page_or_file(pages.holding(state.words), hits, entries)
        return LibraryBrowser().listing(entries, state, best=best, base_url=self.get_url(request) or "")


class PublicationPage(BasePage):
    """What one language says of a work. `intro` is its summary in a few lines; the abstract is the HTML summary of the file."""

    work = models.ForeignKey(Work, verbose_name=_("publication"), on_delete=models.PROTECT, related_name="pages")
    subtitle = models.CharField(_("subtitle"), max_length=240, blank=True)
    abstract = RichTextField(
        _("summary"),
        features=PROSE,
        help_text=_("Required: whoever cannot read the file reads this. What it is about, what it says, for whom."),
    )
    contents = RichTextField(_("contents"), features=LIST, blank=True, help_text=_("The chapters, as a list."))

    template = "publications/publication_page.html"
    parent_page_types: ClassVar = ["publications.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    served_with: ClassVar = ("work__series", "work__replaced_by")
    override_translatable_fields: ClassVar = [SynchronizedField("work")]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("work"),
        HelpPanel(_("Series, year, authors, licence, files and copies are facts of the publication: change them in the back-office.")),
        FieldPanel("abstract"),
        FieldPanel("contents"),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("abstract"),
        index.SearchField("contents"),
        index.FilterField("work_id"),
    ]

    objects: ClassVar[Any] = PageManager.from_queryset(PublicationPageQuerySet)()

    class Meta:
        verbose_name = _("page of a publication")
        verbose_name_plural = _("pages of publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Five queries: editions with copies and downloads, authors, themes, neighbours in the series, related pages."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        work = self.work
        editions = list(work.editions.exclude(status=EditionStatus.DRAFT).select_related("current_file").with_stock().with_downloads())
        previous, following = self._neighbours()
        return context | {
            "work": work,
            "authors": list(work.authors.select_related("organisation")),
            "themes": list(work.themes.all()),
            "editions": [] if work.is_withdrawn else [edition for edition in editions if edition.status == EditionStatus.PUBLISHED],
            "withdrawn_editions": [edition for edition in editions if edition.status == EditionStatus.WITHDRAWN],
            "previous": previous,
            "following": following,
            "related": list(self._related()),
        }

    def _related(self) -> Any:
        """Pages an editor tied to the work, in this page's language."""
        chosen = Page.objects.filter(pk__in=self.work.related_pages.through.objects.filter(work=self.work_id).values("page"))
        return Page.objects.live().filter(locale=self.locale_id, translation_key__in=chosen.values("translation_key")).order_by("title")

    def _neighbours(self) -> tuple["PublicationPage | None", "PublicationPage | None"]:
        """The numbers before and after in the series."""
        work = self.work
        if work.number is None:
            return None, None
        siblings = PublicationPage.objects.open_to_all().filter(locale=self.locale_id, work__series=work.series_id).exclude(pk=self.pk)
        by_number = {each.work.number: each for each in siblings.select_related("work") if each.work.number is not None}
        before = max((number for number in by_number if number < work.number), default=None)
        after = min((number for number in by_number if number > work.number), default=None)
        return by_number.get(before), by_number.get(after)
