from django.db import migrations


def move_to_the_site(apps, schema_editor):
    """All mails link to it now, so it stands with the menus and the footer."""
    pages = apps.get_model("newsletter", "NewsletterIndexPage").objects.filter(privacy_page__isnull=False, locale__language_code="fr")
    chosen = pages.values_list("privacy_page", flat=True).first()
    if chosen:
        apps.get_model("core", "SiteTexts").objects.filter(privacy_page=None).update(privacy_page=chosen)


class Migration(migrations.Migration):

    dependencies = [
        ("newsletter", "0012_transitions"),
        ("core", "0013_foot_of_mails"),
    ]

    operations = [
        migrations.RunPython(move_to_the_site, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="newsletterindexpage",
            name="privacy_page",
        ),
    ]
