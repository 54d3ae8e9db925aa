"""Publishes a page in Dutch and English through wagtail-localize, as a translator would: by segments."""

import html
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from demo.reading import Text


class MissingText(Exception):
    """A French segment of the demo has no translation."""


def translate(instance: Any, texts: Iterable[Text], slug: Text | None = None, same: Iterable[str] = ()) -> None:
    """Translates and publishes `instance` in the two other languages.

    `texts` are the maps its French words came from, `same` are words that stay as they are.
    Raises MissingText when a segment is in neither: nothing is published half translated.
    """
    texts = list(texts)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    for locale in Locale.objects.exclude(language_code="fr"):
        language = locale.language_code
        words = {word: word for word in same} | {text["fr"]: text[language] for text in texts}
        found = {}
        for segment in segments:
            msgid, path = segment.string.data, segment.context.path
            data = slug[language] if slug and path == "slug" else _translated(msgid, words)
            if not data:
                raise MissingText(f"{instance} ({language}), {path}: {msgid!r}")
            found[segment.string_id, segment.context_id] = data
        _write(found, locale)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        translation.save_target(publish=True)


def _write(found: dict[tuple[int, int], str], locale: Locale) -> None:
    """All at once: `import_po` would look each segment up five times, and take a third of the demo's loading."""
    rows = [
        StringTranslation(translation_of_id=string, context_id=context, locale=locale, data=data, translation_type="manual")
        for (string, context), data in found.items()
    ]
    key = ("locale", "translation_of", "context")
    StringTranslation.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=("data",))


def _translated(segment: str, words: dict[str, str]) -> str:
    """Segments are escaped HTML, their line ends `<br/>`, whatever field they come from."""
    found = words.get(html.unescape(segment.replace("<br/>", "\n")), "")
    return html.escape(found, quote=False).replace("\n", "<br/>")
