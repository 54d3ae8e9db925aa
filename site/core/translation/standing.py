"""Keeps which public pages are not in the words of their language, whatever way they were published."""

from typing import Any

from wagtail.models import Page

from core.models import UntranslatedPage
from core.translation.segments import missing_segments, segment_count, translation_of


def keep_standing(*, instance: Page, **kwargs: Any) -> None:
    """Receiver of `page_published`. Given again it changes nothing. Two queries for a page that is translated."""
    translation = translation_of(instance)
    missing = len(missing_segments(translation)) if translation else 0
    if translation is None or not missing:
        UntranslatedPage.objects.filter(page=instance.pk).delete()
        return
    source, own = translation.source.locale.language_code, instance.locale.language_code
    language = source if 2 * missing >= segment_count(translation) else own
    UntranslatedPage.objects.update_or_create(page_id=instance.pk, defaults={"language": language})
