"""Publishes a page in Dutch and English through wagtail-localize, as a translator would: by segments."""

import html
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from demo.reading import Text

# Written alike in the three languages.
SIGNS = ("%", "€")


class MissingText(Exception):
    """A French segment of the demo has no translation."""


def translate(instance: Any, texts: Iterable[Text], slug: Text | None = None, same: Iterable[str] = ()) -> None:
    """Translates and publishes `instance` in the two other languages.

    `texts` are the maps its French words came from, `same` are words that stay as they are.
    Raises MissingText when a segment is in neither: nothing is published half translated.
    """
    texts = list(texts)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    for locale in Locale.objects.exclude(language_code="fr"):
        language = locale.language_code
        words = {word: word for word in (*SIGNS, *same)} | {text["fr"]: text[language] for text in texts}
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        catalogue = translation.export_po()
        for entry in catalogue:
            if slug and entry.msgctxt == "slug":
                entry.msgstr = slug[language]
            else:
                entry.msgstr = _translated(entry.msgid, words)
            if not entry.msgstr:
                raise MissingText(f"{instance} ({language}), {entry.msgctxt}: {entry.msgid!r}")
        warnings = translation.import_po(catalogue, delete=True)
        if warnings:
            raise MissingText(f"{instance} ({language}): {warnings}")
        translation.save_target(publish=True)


def _translated(segment: str, words: dict[str, str]) -> str:
    """Segments are escaped HTML, their line ends `<br/>`, whatever field they come from."""
    found = words.get(html.unescape(segment.replace("<br/>", "\n")), "")
    return html.escape(found, quote=False).replace("\n", "<br/>")
