"""The catalogue page and the module pages, one per language.

They load after the sessions, which they show; the facts stay in `trainings.models.catalogue`.
"""

import datetime
from copy import copy
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core import clock
from core.browsing.state import State
from core.languages import current_language
from core.models import BasePage
from core.page_cache.kept import kept
from core.pages.related import related_cards
from trainings.catalogue.entries import Entry, build_entries
from trainings.catalogue.listing import CATALOGUE, CatalogueBrowser, CatalogueListing
from trainings.catalogue.structured_data import course_data
from trainings.enums import Format
from trainings.models.catalogue import Module
from trainings.models.sessions import Session
from trainings.querysets.catalogue import ModulePageQuerySet
from trainings.querysets.places import note_places

LIST = ["ul", "bold", "italic", "link"]


class CataloguePage(BasePage):
    """The catalogue: search, facets and every module of the language."""

    template = "trainings/catalogue_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["trainings.ModulePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"listing": self._listing(request)}

    def _listing(self, request: HttpRequest) -> CatalogueListing:
        """Two queries, three with words to look for, whatever the number of modules."""
        state = State.from_query(request.GET, CATALOGUE)
        entries, best = self.entries(state, now=clock.now())
        return CatalogueBrowser().listing(entries, state, best=best, base_url=self.get_url(request) or "")

    def entries(self, state: State, *, now: datetime.datetime) -> tuple[list[Entry], list[int] | None]:
        """Every module of the language, and the ids of the pages that match the words looked for, best first (None without words)."""
        sheets = ModulePage.objects.child_of(self)
        entries = kept(
            ("catalogue", self.pk, current_language()),
            lambda: build_entries(sheets.catalogue_rows(), Session.objects.catalogue_rows(now), now=now),
            is_timed=True,
        )
        # A listing notes on each entry how it was found.
        return [copy(entry) for entry in entries], sheets.matching(state.search_text) if state.search_text else None


class ModulePage(BasePage):
    """The sheet of a module in one language. `intro` is its summary."""

    module = models.ForeignKey(Module, verbose_name=_("module"), on_delete=models.PROTECT, related_name="pages")
    audience = RichTextField(_("who it is for"), features=LIST, blank=True)
    outcomes = RichTextField(_("what you learn"), features=LIST, blank=True)
    prerequisites = RichTextField(_("what you need"), features=LIST, blank=True)
    contents = RichTextField(_("content"), features=LIST, blank=True)
    method = models.TextField(_("method"), blank=True)
    practical = models.TextField(_("practical"), blank=True)

    template = "trainings/module_page.html"
    parent_page_types: ClassVar = ["trainings.CataloguePage"]
    subpage_types: ClassVar[list[str]] = []
    served_with: ClassVar = ("module__theme",)
    override_translatable_fields: ClassVar = [SynchronizedField("module")]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("module"),
        HelpPanel(
            _("Duration, price, theme and languages are facts of the module: change them once, in the back-office, for all languages.")
        ),
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        FieldPanel("prerequisites"),
        FieldPanel("contents"),
        FieldPanel("method"),
        FieldPanel("practical"),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("outcomes"),
        index.SearchField("contents"),
        index.SearchField("method"),
        index.SearchField("theme_name"),
        index.FilterField("module_id"),
    ]

    objects: ClassVar[Any] = PageManager.from_queryset(ModulePageQuerySet)()

    class Meta:
        verbose_name = _("module sheet")
        verbose_name_plural = _("module sheets")

    @property
    def theme_name(self) -> str:
        """The theme in the language of the page, to be found by."""
        return self.module.theme.name_in(self.locale.language_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the facts, the sessions to come with their meetings and seats, and the related sheets of the same language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        module = self.module
        now = clock.now()
        sessions = list(Session.objects.filter(module=module).for_module_page(now))
        note_places(sessions, now=now)
        has_free_seats = any(session.is_open and session.places.is_any for session in sessions)
        related = ModulePage.objects.filter(locale=self.locale_id).for_modules(module.related.values("pk"))
        sheet_url = self.get_full_url(request) or ""
        return context | {
            "module": module,
            "sheet_url": sheet_url,
            "sessions": sessions,
            # A date of a training given to a team on request is never announced: its team asks for one.
            "is_date_awaited": not has_free_seats and (bool(sessions) or module.format != Format.TEAM),
            # Not a form: it would set a cookie on a page nobody fills in.
            "is_another_date_offered": has_free_seats,
            "related": list(related),
            "related_cards": related_cards(self, language=self.locale.language_code),
            "course": course_data(self, module, sessions, url=sheet_url),
        }
