"""The last part of the URL of a translation: from its title, unless somebody wrote one."""

from typing import Any

from django.utils.text import slugify
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def slug_from_title(translation: Translation, *, user: Any) -> None:
    """Gives a translation that is about to be published for the first time its slug. Given again it changes nothing."""
    rows = StringSegment.objects.filter(source=translation.source_id, context__path__in=("title", "slug"))
    found = {row.context.path: row for row in rows.annotate_translation(translation.target_locale).select_related("context")}
    title, slug = found.get("title"), found.get("slug")
    if not title or not title.translation or not slug or slug.translation:
        return
    StringTranslation.objects.update_or_create(
        translation_of_id=slug.string_id,
        context_id=slug.context_id,
        locale=translation.target_locale,
        defaults={
            "data": slugify(title.translation),
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "last_translated_by": user,
            "has_error": False,
        },
    )
