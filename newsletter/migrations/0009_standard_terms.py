"""The field's standard terms for models and fields. Stored values stay as they are."""

from django.db import migrations, models


def rename_states(apps, schema_editor):
    """Notes of a sender that was stopped for the upgrade: the ledger still settles its claims from them."""
    notes = apps.get_model("newsletter", "InFlightNote").objects
    notes.filter(state="in_hand").update(state="claimed")
    notes.filter(state="leaving").update(state="sending")


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0008_verdicts_and_replies")]
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
        migrations.RenameModel("SenderNote", "InFlightNote"),
        migrations.AlterModelOptions("inflightnote", {"verbose_name": "in-flight note", "verbose_name_plural": "in-flight notes"}),
        migrations.RenameField("inflightnote", "is_about_reader", "is_about_recipient"),
        migrations.AlterField("inflightnote", "holder", models.CharField(db_index=True, max_length=32, verbose_name="claimed by")),
        migrations.AlterField("inflightnote", "state", models.CharField(default="claimed", max_length=10, verbose_name="status")),
        migrations.RunPython(rename_states, migrations.RunPython.noop),
        migrations.AlterField("delivery", "claim", models.CharField(blank=True, max_length=32, verbose_name="claimed by")),
        migrations.AlterField("delivery", "claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
        migrations.RenameField("frozenedition", "place", "token_placeholder"),
        migrations.RenameField("issue", "trouble", "pause_reason"),
        migrations.RenameModel("Overrule", "CheckOverride"),
        migrations.AlterField(
            "checkoverride",
            "issue",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="overrides", to="newsletter.issue", verbose_name="issue"
            ),
        ),
        migrations.RemoveConstraint("checkoverride", "newsletter_overrule_once"),
        migrations.RemoveConstraint("checkoverride", "newsletter_overrule_has_a_reason"),
        migrations.AddConstraint(
            "checkoverride", models.UniqueConstraint(fields=["issue", "finding"], name="newsletter_override_once")
        ),
        migrations.AddConstraint(
            "checkoverride", models.CheckConstraint(condition=~models.Q(reason=""), name="newsletter_override_has_a_reason")
        ),
    ]
