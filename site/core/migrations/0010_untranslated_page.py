"""Pages published before somebody had translated them; those that are public already are found."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def find_untranslated(apps: Any, schema_editor: Any) -> None:
    """Public translations without a single segment in their own language."""
    words, segments = (apps.get_model("wagtail_localize", name) for name in ("StringTranslation", "StringSegment"))
    pages, untranslated = apps.get_model("wagtailcore", "Page"), apps.get_model("core", "UntranslatedPage")
    translations = apps.get_model("wagtail_localize", "Translation").objects.filter(enabled=True)
    for translation in translations.select_related("source__locale"):
        here = segments.objects.filter(source=translation.source)
        done = words.objects.filter(
            locale=translation.target_locale, translation_of__in=here.values("string"), context__in=here.values("context")
        )
        if here.exists() and not done.exists():
            targets = pages.objects.filter(translation_key=translation.source.object_id, locale=translation.target_locale, live=True)
            for page in targets:
                untranslated.objects.create(page=page, language=translation.source.locale.language_code)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_duties"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UntranslatedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "Français"), ("nl", "Nederlands"), ("en", "English")],
                        max_length=2,
                        verbose_name="language of most of its words",
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="untranslated",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "page published untranslated",
                "verbose_name_plural": "pages published untranslated",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(find_untranslated, migrations.RunPython.noop),
    ]
