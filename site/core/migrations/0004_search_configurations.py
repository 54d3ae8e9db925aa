"""One text-search configuration per language, accents folded before stemming (PostgreSQL only)."""

from django.db import migrations

CONFIGURATIONS = {"smes_fr": ("french", "french_stem"), "smes_nl": ("dutch", "dutch_stem"), "smes_en": ("english", "english_stem"), "smes_simple": ("simple", "simple")}


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    for name, (parent, stemmer) in CONFIGURATIONS.items():
        schema_editor.execute(f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {parent})")
        schema_editor.execute(f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {stemmer}")
        schema_editor.execute(f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR asciihword, asciiword, hword_asciipart WITH {stemmer}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in CONFIGURATIONS:
            schema_editor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_attempt")]
    operations = [migrations.RunPython(create, drop)]
