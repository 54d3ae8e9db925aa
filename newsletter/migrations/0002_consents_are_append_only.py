"""The register of consents takes new lines only. After five years a line may go (a claim is barred by then)."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION newsletter_consent_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '5 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'newsletter_consent takes new lines only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER newsletter_consent_is_kept BEFORE UPDATE OR DELETE ON newsletter_consent
    FOR EACH ROW EXECUTE FUNCTION newsletter_consent_is_kept();
"""
POSTGRESQL_BACK = """
DROP TRIGGER newsletter_consent_is_kept ON newsletter_consent;
DROP FUNCTION newsletter_consent_is_kept();
"""
SQLITE = (
    "CREATE TRIGGER newsletter_consent_never_changed BEFORE UPDATE ON newsletter_consent "
    "BEGIN SELECT RAISE(ABORT, 'newsletter_consent takes new lines only'); END",
    "CREATE TRIGGER newsletter_consent_is_kept BEFORE DELETE ON newsletter_consent WHEN OLD.at >= datetime('now', '-5 years') "
    "BEGIN SELECT RAISE(ABORT, 'newsletter_consent takes new lines only'); END",
)
SQLITE_BACK = ("DROP TRIGGER newsletter_consent_never_changed", "DROP TRIGGER newsletter_consent_is_kept")


def create(apps, schema_editor):
    for statement in (POSTGRESQL,) if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in (POSTGRESQL_BACK,) if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_readers")]
    operations = [migrations.RunPython(create, drop)]
