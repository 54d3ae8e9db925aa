"""Begins the sheet of a module, has it translated, publishes a translation."""

import enum
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from core.models import User
from core.translation.segments import missing_segments, translation_of
from core.translation.slugs import slug_from_title
from trainings.models import CataloguePage, Module, ModulePage


class SheetRefusal(enum.StrEnum):
    """Why a step with a sheet is refused."""

    NO_CATALOGUE = "no_catalogue"
    EXISTS = "exists"
    NOT_PUBLISHED = "not_published"
    NOTHING_TO_DO = "nothing_to_do"
    WORDS_MISSING = "words_missing"
    NOT_VALID = "not_valid"


class CannotWork(Exception):
    """The step is refused; `reason` says why."""

    def __init__(self, reason: SheetRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def begin_sheet(*, module: Module, by: User) -> ModulePage:
    """A draft in French below the French catalogue, under the working title: its words are written there. Raises CannotWork."""
    catalogue = CataloguePage.objects.select_for_update(of=("self",)).filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if catalogue is None:
        raise CannotWork(SheetRefusal.NO_CATALOGUE)
    if module.pages.filter(locale=catalogue.locale_id).exists():
        raise CannotWork(SheetRefusal.EXISTS)
    page = ModulePage(title=module.name, module=module, locale=catalogue.locale, live=False, owner=by)
    catalogue.add_child(instance=page)
    page.save_revision(user=by)
    log(page, "wagtail.create", user=by)
    return page


@transaction.atomic
def begin_translations(*, module: Module, by: User) -> list[Translation]:
    """A draft in each other language that has a catalogue and no sheet yet; and what changed in French for those there are.

    Raises CannotWork while the French sheet is not public: its words may still change.
    """
    page = _source_of(module)
    catalogue = page.get_parent()
    there = set(module.pages.values_list("locale", flat=True))
    homes = catalogue.get_translations().filter(alias_of=None).select_related("locale")
    new = [home.locale for home in homes if home.locale_id not in there]
    behind = _update(page, by=by)
    if not new and not behind:
        raise CannotWork(SheetRefusal.NOTHING_TO_DO)
    creator = TranslationCreator(user=by, target_locales=new)
    creator.create_translations(page)
    return [each for made in creator.mappings.values() for each in made]


@transaction.atomic
def publish_translation(*, page: ModulePage, by: User) -> None:
    """A sheet all of whose words are there goes public; its URL comes from its title. Raises CannotWork."""
    translation = translation_of(page)
    if translation is None:
        raise CannotWork(SheetRefusal.NOTHING_TO_DO)
    if missing_segments(translation):
        raise CannotWork(SheetRefusal.WORDS_MISSING)
    if not page.live:
        slug_from_title(translation, user=by)
    _save(translation, by=by)


def _source_of(module: Module) -> ModulePage:
    page: ModulePage | None = module.pages.filter(locale__language_code=settings.LANGUAGE_CODE, live=True).first()
    if page is None:
        raise CannotWork(SheetRefusal.NOT_PUBLISHED)
    return page


def _update(page: ModulePage, *, by: User) -> bool:
    """Sends what changed in French to its translations. Those that need no new words are published again, if they were public."""
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source is None or not page.last_published_at or page.last_published_at <= source.last_updated_at:
        return False
    source.update_from_db()
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source"):
        target: Any = translation.get_target_instance()
        # Saved with words missing, a page would show French ones where it is public.
        if target.live and not missing_segments(translation):
            _save(translation, by=by)
    return True


def _save(translation: Translation, *, by: User) -> None:
    """Goes public when the transaction ends."""
    try:
        translation.save_target(user=by, publish=True)
    except ValidationError as error:
        raise CannotWork(SheetRefusal.NOT_VALID) from error
