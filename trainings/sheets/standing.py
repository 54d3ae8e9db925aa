"""How far the sheet of a module is in each language, and what it still lacks."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from core.translation.segments import missing_segments, translations_of
from trainings.models import CataloguePage, Module, ModulePage

# What a reader of a sheet expects.
EXPECTED = ("intro", "audience", "outcomes", "contents", "method", "practical", "search_description")


class SheetState(models.TextChoices):
    """A sheet in one language."""

    TO_WRITE = "to_write", _("to write")
    DRAFT = "draft", _("draft")
    TO_TRANSLATE = "to_translate", _("to translate")
    TRANSLATED = "translated", _("translated, not published")
    OUTDATED = "outdated", _("the French sheet changed since")
    PUBLISHED = "published", _("published")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One language. `missing`: names of empty fields of the source, or pieces of text without words in this language."""

    language: str
    state: SheetState
    catalogue: CataloguePage
    page: ModulePage | None = None
    translation: Translation | None = None
    missing: list[str] = field(default_factory=list)

    @property
    def is_source(self) -> bool:
        return self.language == settings.LANGUAGE_CODE

    @property
    def can_be_published(self) -> bool:
        """By a button: a translation with all its words. The source is published in its own form."""
        return self.state in {SheetState.TRANSLATED, SheetState.OUTDATED} and self.translation is not None and not self.missing


def sheets_of(module: Module) -> list[Sheet]:
    """One for each language that has a catalogue, the source first. Six queries, and one for each translation."""
    pages = {page.locale_id: page for page in ModulePage.objects.filter(module=module, alias_of=None).select_related("locale")}
    translations = {each.target_locale_id: each for each in translations_of(pages.values())} if pages else {}
    catalogues = CataloguePage.objects.filter(alias_of=None).select_related("locale")
    found = [_sheet(catalogue, pages.get(catalogue.locale_id), translations.get(catalogue.locale_id), pages) for catalogue in catalogues]
    order = [settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
    return sorted(found, key=lambda sheet: order.index(sheet.language))


def _sheet(catalogue: CataloguePage, page: ModulePage | None, translation: Translation | None, pages: dict[int, ModulePage]) -> Sheet:
    language = catalogue.locale.language_code
    if page is None:
        return Sheet(language, SheetState.TO_WRITE, catalogue)
    if translation is None:  # the source, or written by hand in this language
        return Sheet(language, SheetState.PUBLISHED if page.live else SheetState.DRAFT, catalogue, page, missing=_empty_fields(page))
    missing = [strip_tags(words) for words in missing_segments(translation)]
    return Sheet(language, _state(page, translation, missing, pages), catalogue, page, translation, missing)


def _state(page: ModulePage, translation: Translation, missing: list[str], pages: dict[int, ModulePage]) -> SheetState:
    source = pages.get(translation.source.locale_id)
    is_behind = source is not None and source.last_published_at and source.last_published_at > translation.source.last_updated_at
    if is_behind:
        return SheetState.OUTDATED
    if missing:
        return SheetState.TO_TRANSLATE
    return SheetState.PUBLISHED if page.live and not page.has_unpublished_changes else SheetState.TRANSLATED


def _empty_fields(page: ModulePage) -> list[str]:
    """By the names the form gives them; of a draft, as it was saved last."""
    latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    names = {each.name: str(capfirst(each.verbose_name)) for each in page._meta.concrete_fields}
    return [names[name] for name in EXPECTED if not strip_tags(getattr(latest, name) or "")]
