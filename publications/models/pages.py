"""The library page and the pages of works, one per language. Loaded after the editions they show."""

from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.browsing.state import State
from core.models import BasePage
from core.pages.linked_pages import linked_pages
from core.pages.own_words import in_own_words
from publications.enums import LICENCE_URLS, EditionStatus, FileState
from publications.library.citation_formats import citation_of
from publications.library.citations import FORMATS, Citation, as_text
from publications.library.entries import Entry, build_entries, found_by_page_or_file, language_of_title
from publications.library.listing import LIBRARY, LibraryBrowser, LibraryListing
from publications.library.metadata import meta_tags, schema_data
from publications.models.editions import Edition, EditionFile, PageText
from publications.models.works import Work, WorkPage
from publications.querysets.pages import PublicationPageQuerySet, is_private

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
        """Two queries, five with words to look for, whatever the number of works."""
        state = State.from_query(request.GET, LIBRARY)
        pages = PublicationPage.objects.child_of(self)
        entries = build_entries(pages.library_rows(), Edition.objects.library_rows())
        best = None
        if state.search_text:
            hits = PageText.objects.best_pages(state.search_text, language=self.locale.language_code)
            for entry in entries:
                entry.hit = hits.get(entry.work_id)
            best = found_by_page_or_file(pages.matching(state.search_text), hits, entries)
        listing = LibraryBrowser().listing(entries, state, best=best, base_url=self.get_url(request) or "")
        _add_snippets(listing.cards, state.search_text)
        return listing


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
        index.SearchField("theme_names"),
        index.FilterField("work_id"),
    ]

    objects: ClassVar[Any] = PageManager.from_queryset(PublicationPageQuerySet)()

    class Meta:
        verbose_name = _("page of a publication")
        verbose_name_plural = _("pages of publications")

    @property
    def theme_names(self) -> str:
        """The themes in the language of the page, to be found by."""
        return ", ".join(theme.name_in(self.locale.language_code) for theme in self.work.themes.all())

    def clean(self) -> None:
        """A summary of empty lines is none. (One that is missing altogether is refused by its field, when the page is published.)"""
        super().clean()
        if self.abstract and not unescape(strip_tags(self.abstract)).strip():
            raise ValidationError({"abstract": models.Field.default_error_messages["blank"]}, code="blank")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Six queries: editions, authors, themes, places, pages around, where to write (one more with earlier files)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        work = self.work
        known = list(work.editions.known_to_readers().select_related("current_file").with_stock().with_queue().with_downloads())
        editions = [] if work.is_withdrawn else self._in_order(each for each in known if each.status == EditionStatus.PUBLISHED)
        authors = list(work.authors.select_related("organisation"))
        own_url = request.build_absolute_uri(self.get_url(request) or "/")
        citation = citation_of(self, editions=known, authors=authors, url=own_url)
        _note_older_files(editions)
        return (
            context
            | self._related()
            | self._for_machines(request, editions, citation)
            | {
                "work": work,
                "authors": authors,
                "themes": list(work.themes.all()),
                "places": [link.place for link in work.place_links.select_related("place__sector") if link.place.is_visible],
                "editions": editions,
                "title_language": language_of_title(
                    self.title, ((each.title, each.languages) for each in editions), self.locale.language_code
                ),
                "withdrawn_editions": [each for each in known if each.status == EditionStatus.WITHDRAWN],
                "contact_page": self._contact_page(request),
                "has_sample": any(each.current_file.is_sample for each in editions if each.current_file),
                "licence_url": LICENCE_URLS.get(work.licence, ""),
            }
        )

    def _contact_page(self, request: HttpRequest) -> Page | None:
        """Where a reader writes who cannot read a file, in her language."""
        chosen = LibraryPage.objects.parent_of(self).values_list("contact_page_id", flat=True).first()
        return linked_pages(request).in_language(chosen, self.locale.language_code) if chosen else None

    def _in_order(self, editions: Iterable[Edition]) -> list[Edition]:
        """In the reader's language first, and of those what can be had at once."""
        language = self.locale.language_code
        chosen: list[Edition] = sorted(editions, key=lambda each: (language not in each.languages, each.current_file is None, each.pk))
        for edition in chosen:
            edition.work = self.work
        return chosen

    def _for_machines(self, request: HttpRequest, editions: list[Edition], citation: Citation) -> dict[str, Any]:
        """Citation and metadata, and the cover."""
        with_file = [edition for edition in editions if edition.current_file]
        urls = {each.pk: request.build_absolute_uri(each.file_url()) for each in with_file}
        cover = next((each for each in with_file if each.current_file and each.current_file.cover), None)
        return {
            "citation_text": as_text(citation),
            "citation_languages": citation.languages,
            "citation_formats": FORMATS.items(),
            "meta_tags": meta_tags(citation, pdf_url=urls[with_file[0].pk] if with_file else "", licence=self.work.licence),
            "structured_data": schema_data(self, citation, editions, file_urls=urls),
            "cover": {"reference": cover.reference, "version": cover.current_file.number}
            if cover and cover.current_file
            else {"reference": "", "version": 0},
        }

    def _related(self) -> dict[str, Any]:
        """Neighbours in the series, the pages an editor tied to the work and what replaces it, in one query; no private page.

        All in this page's language, none withdrawn; what replaces a withdrawn work also in French, where it has no other page.
        """
        work = self.work
        tied = WorkPage.objects.filter(work=work.pk)
        wanted = Q(translation_key__in=tied.values("page__translation_key"))
        if work.number is not None:
            wanted |= Q(publicationpage__work__series=work.series_id, publicationpage__work__number__isnull=False)
        replacing = Q(publicationpage__work=work.replaced_by_id or 0, locale__language_code=settings.LANGUAGE_CODE)
        wanted |= Q(publicationpage__work=work.replaced_by_id or 0)
        pages = Page.objects.live().filter(in_own_words(), Q(wanted, locale=self.locale_id) | replacing, ~is_private()).exclude(pk=self.pk)
        tied_here = tied.filter(page__translation_key=OuterRef("translation_key"))
        number = Case(When(publicationpage__work__series=work.series_id or 0, then=F("publicationpage__work__number")))
        replaces = Case(When(publicationpage__work=work.replaced_by_id or 0, then=True), default=False)
        is_gone = Case(When(publicationpage__work__withdrawn_on__isnull=False, then=True), default=False)
        every = pages.annotate(is_tied=Exists(tied_here), number=number, replaces=replaces, is_gone=is_gone).select_related("locale")
        every = every.order_by(Subquery(tied_here.order_by("sort_order").values("sort_order")[:1]), "title")
        found = [page for page in every if page.locale_id == self.locale_id and (page.replaces or not page.is_gone)]
        siblings = {page.number: page for page in found if work.number is not None and page.number is not None}
        before = max((each for each in siblings if each < (work.number or 0)), default=None)
        after = min((each for each in siblings if each > (work.number or 0)), default=None)
        return {
            "related": [page for page in found if page.is_tied],
            "previous": siblings.get(before),
            "following": siblings.get(after),
            "replacement": next((page for page in [*found, *every] if page.replaces), None),
        }


def _add_snippets(entries: Iterable[Entry], search_text: str) -> None:
    """Adds the passage around the match to the hits of the entries shown."""
    with_hit = [(entry, entry.hit) for entry in entries if entry.hit]
    snippets = PageText.objects.snippets(search_text, [hit for _entry, hit in with_hit])
    for entry, hit in with_hit:
        entry.hit = replace(hit, parts=snippets.get(hit.text, ()))


def _note_older_files(editions: list[Edition]) -> None:
    """Gives each edition its `older_files`; asks only when there are some."""
    renewed = [each for each in editions if each.current_file and each.current_file.number > 1]
    older = EditionFile.objects.filter(edition__in=renewed, state=FileState.READY).order_by("-number") if renewed else []
    for edition in editions:
        edition.older_files = [file for file in older if file.edition_id == edition.pk and file.pk != edition.current_file_id]
