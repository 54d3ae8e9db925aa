"""One partial index per language for the words inside files (PostgreSQL only). It must match the expression of querysets/texts.py."""

from django.db import migrations

LANGUAGES = ("fr", "nl", "en")


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for code in LANGUAGES:
        schema_editor.execute(
            f"CREATE INDEX publications_pagetext_{code} ON publications_pagetext "
            f"USING gin (to_tsvector('smes_{code}'::regconfig, COALESCE(text, ''))) WHERE language = '{code}'"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for code in LANGUAGES:
            schema_editor.execute(f"DROP INDEX IF EXISTS publications_pagetext_{code}")


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial"), ("core", "0006_worker")]
    operations = [migrations.RunPython(create, drop)]
