"""Imports under the word of the code: subscriber. Django renames their permissions with them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0008_verdicts_and_replies")]

    operations = [
        migrations.RenameModel("ReaderImport", "SubscriberImport"),
        migrations.RenameModel("ReaderImportLine", "SubscriberImportLine"),
        migrations.RemoveConstraint("subscriberimportline", "newsletter_import_line_once"),
        migrations.RenameField("subscriberimportline", "of", "subscriber_import"),
        migrations.AddConstraint(
            "subscriberimportline",
            models.UniqueConstraint(fields=["subscriber_import", "number"], name="newsletter_import_line_once"),
        ),
    ]
