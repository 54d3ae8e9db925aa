"""Notes of senders, in a table PostgreSQL writes no log of: fast, and empty after a crash, which is what its readers count on."""

from django.db import migrations, models


def without_log(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE newsletter_sendernote SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0003_issues")]
    operations = [
        migrations.CreateModel(
            name="SenderNote",
            fields=[
                ("delivery_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="delivery")),
                ("holder", models.CharField(db_index=True, max_length=32, verbose_name="in the hands of")),
                ("state", models.CharField(default="in_hand", max_length=10, verbose_name="status")),
                ("code", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer of the mail server")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="its words")),
                ("is_about_reader", models.BooleanField(default=True, verbose_name="about the reader")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="at")),
            ],
            options={"verbose_name": "note of a sender", "verbose_name_plural": "notes of senders"},
        ),
        migrations.RunPython(without_log, migrations.RunPython.noop),
    ]
