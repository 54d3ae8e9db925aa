"""The words of a page are kept as PostgreSQL searches them: ranking read every page that answers anew, seconds for a common word.

Only the database knows the column (querysets/texts.py); it is made from the text whenever a row is written.
"""

from django.db import migrations

LANGUAGES = ("fr", "nl", "en")
EACH = " ".join(f"WHEN '{code}' THEN to_tsvector('smes_{code}'::regconfig, COALESCE(text, ''))" for code in LANGUAGES)


def keep(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f"ALTER TABLE publications_pagetext ADD COLUMN words tsvector GENERATED ALWAYS AS (CASE language {EACH} END) STORED"
    )
    for code in LANGUAGES:
        schema_editor.execute(f"DROP INDEX publications_pagetext_{code}")
        schema_editor.execute(
            f"CREATE INDEX publications_pagetext_{code} ON publications_pagetext USING gin (words) WHERE language = '{code}'"
        )


def forget(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for code in LANGUAGES:
        schema_editor.execute(f"DROP INDEX publications_pagetext_{code}")
        schema_editor.execute(
            f"CREATE INDEX publications_pagetext_{code} ON publications_pagetext "
            f"USING gin (to_tsvector('smes_{code}'::regconfig, COALESCE(text, ''))) WHERE language = '{code}'"
        )
    schema_editor.execute("ALTER TABLE publications_pagetext DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("publications", "0004_places_of_works")]
    operations = [migrations.RunPython(keep, forget)]
