"""Words of a translator, for sheets of modules."""

from typing import Any

from wagtail_localize.models import StringSegment, StringTranslation

from trainings.models import ModulePage


def translate(page: ModulePage, *, without: str = "", title: str = "") -> None:
    """Gives every piece of text words in the language of `page`, but for the one that says `without`."""
    language = page.locale.language_code
    for segment in StringSegment.objects.filter(source__object_id=page.translation_key).select_related("string", "context"):
        is_title = title and segment.context.path == "title"
        if segment.string.data == without or segment.context.path == "slug":
            continue
        facts: dict[str, Any] = {"data": title if is_title else f"{segment.string.data} ({language})", "translation_type": "manual"}
        keys = {"translation_of": segment.string, "context": segment.context, "locale": page.locale}
        StringTranslation.objects.update_or_create(**keys, defaults=facts)
