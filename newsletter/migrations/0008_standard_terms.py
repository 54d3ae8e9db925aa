"""The field's standard terms for models and fields. Stored values stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0007_privacy_page")]
    operations = [
        migrations.RenameModel("SubscriptionWish", "SubscriptionRequest"),
        migrations.AlterModelOptions(
            "subscriptionrequest",
            {
                "ordering": ["created_at", "pk"],
                "verbose_name": "subscription request",
                "verbose_name_plural": "subscription requests",
            },
        ),
    ]
