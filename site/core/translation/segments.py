"""What a translation still lacks, segment by segment."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation


def translation_of(page: Page) -> Translation | None:
    """The synchronised translation `page` is written by; None for a source page and for one that is written by hand. One query."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True)
    translation: Translation | None = found.select_related("source__locale", "target_locale").first()
    return translation


def translations_of(pages: Iterable[Page]) -> list[Translation]:
    """Those of many pages. One query."""
    wanted = {(page.translation_key, page.locale_id) for page in pages}
    found = Translation.objects.filter(source__object_id__in={key for key, _locale in wanted}, enabled=True)
    rows = found.select_related("source__locale", "target_locale")
    return [each for each in rows if (each.source.object_id, each.target_locale_id) in wanted]


def missing_segments(translation: Translation) -> list[str]:
    """The segments nobody has given words in the target language, in their order. One query."""
    rows = _segments(translation).annotate_translation(translation.target_locale)
    rows = rows.filter(Q(translation=None) | Q(translation="")).order_by("order")
    return [words for words in rows.values_list("string__data", flat=True) if _needs_words(words)]


def segment_count(translation: Translation) -> int:
    """All segments that need words. One query."""
    return sum(_needs_words(words) for words in _segments(translation).values_list("string__data", flat=True))


def missing_counts(translations: Iterable[Translation]) -> Counter[int]:
    """How many segments each translation lacks, by its id. One query a language."""
    by_locale: dict[Any, list[Translation]] = {}
    for each in translations:
        by_locale.setdefault(each.target_locale, []).append(each)
    found: Counter[int] = Counter()
    for locale, group in by_locale.items():
        by_source = {each.source_id: each.pk for each in group}
        rows = StringSegment.objects.filter(source__in=by_source).exclude(context__path="slug").annotate_translation(locale)
        missing = rows.filter(Q(translation=None) | Q(translation="")).values_list("source_id", "string__data")
        found.update(by_source[source] for source, words in missing if _needs_words(words))
    return found


def _segments(translation: Translation) -> Any:
    """Those readers read: a URL may stay as it is."""
    return StringSegment.objects.filter(source=translation.source_id).exclude(context__path="slug")


def _needs_words(segment: str) -> bool:
    """Segments are HTML. A figure or a sign reads alike in every language."""
    return any(character.isalpha() for character in strip_tags(segment))
