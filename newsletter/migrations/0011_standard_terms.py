"""The field's standard terms for models and fields. Stored values stay as they are."""

from django.db import migrations, models


def rename_states(apps, schema_editor):
    """Notes of a sender that was stopped for the upgrade: the ledger still settles its claims from them."""
    notes = apps.get_model("newsletter", "InFlightNote").objects
    notes.filter(state="in_hand").update(state="claimed")
    notes.filter(state="leaving").update(state="sending")


# Moved since 0007: a task that was queued before the upgrade is found under its new path.
TASKS = {
    "newsletter.tasks.answer_wish": "newsletter.subscribers.tasks.send_confirmation",
    "newsletter.subscribers.tasks.answer_wish": "newsletter.subscribers.tasks.send_confirmation",
    "newsletter.tasks.check_import": "newsletter.subscribers.tasks.check_import",
    "newsletter.tasks.run_import": "newsletter.subscribers.tasks.run_import",
    "newsletter.issue_tasks.send_slice": "newsletter.sending.tasks.send_slice",
    "newsletter.issue_tasks.start_due_issues": "newsletter.sending.tasks.start_due_issues",
}


def rename_tasks(apps, schema_editor):
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for old, new in TASKS.items():
        results.filter(task_path=old).update(task_path=new)


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0010_import_standings"), ("django_tasks_database", "0001_initial")]
    operations = [
        migrations.RunPython(rename_tasks, migrations.RunPython.noop),
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
