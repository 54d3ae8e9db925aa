"""What a file says of each line's consent, and the questions about it. Lines of imports under way get their keys."""

import newsletter.fields
from django.db import migrations, models


def write_keys(apps, schema_editor):
    from newsletter.addresses import address_key

    lines = apps.get_model("newsletter", "SubscriberImportLine").objects.filter(address_key="")
    waiting = []
    for line in lines.only("email").iterator(chunk_size=1000):
        line.address_key = address_key(line.email)
        waiting.append(line)
        if len(waiting) == 1000:
            lines.model.objects.bulk_update(waiting, ["address_key"])
            waiting = []
    lines.model.objects.bulk_update(waiting, ["address_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('newsletter', '0009_subscriber_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscriberimport',
            name='answers',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers'),
        ),
        migrations.AddField(
            model_name='subscriberimport',
            name='questions',
            field=models.JSONField(blank=True, default=list, verbose_name='questions'),
        ),
        migrations.AddField(
            model_name='subscriberimport',
            name='standing_of_all',
            field=models.CharField(blank=True, choices=[('subscribed', 'agreed to get it'), ('unconfirmed', 'has not agreed, or not confirmed'), ('bounced', 'address does not work'), ('unsubscribed', 'has left'), ('complained', 'reported it as unwanted')], max_length=12, verbose_name='what its name says'),
        ),
        migrations.AddField(
            model_name='subscriberimport',
            name='unused_columns',
            field=models.JSONField(blank=True, default=list, verbose_name='columns not used'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='address_key',
            field=newsletter.fields.AddressKeyField(default='', editable=False, max_length=64, verbose_name='keyed hash of the address'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='agreed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='agreed at'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='evidence',
            field=models.CharField(blank=True, max_length=200, verbose_name='proof in the file'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='left_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='left at'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='said',
            field=models.JSONField(blank=True, default=dict, verbose_name='what the file says of the consent'),
        ),
        migrations.AddField(
            model_name='subscriberimportline',
            name='standing',
            field=models.CharField(choices=[('subscribed', 'agreed to get it'), ('unconfirmed', 'has not agreed, or not confirmed'), ('bounced', 'address does not work'), ('unsubscribed', 'has left'), ('complained', 'reported it as unwanted')], default='subscribed', max_length=12, verbose_name='standing'),
        ),
        migrations.AlterField(
            model_name='subscriberimport',
            name='status',
            field=models.CharField(choices=[('asking', 'waits for your answers'), ('checking', 'being checked'), ('checked', 'checked, waits for you'), ('running', 'being imported'), ('done', 'imported'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='checking', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='subscriberimportline',
            name='outcome',
            field=models.CharField(choices=[('pending', 'not looked at yet'), ('new', 'new reader'), ('known', 'reader already, unchanged'), ('unconfirmed', 'has not confirmed yet, unchanged'), ('suppressed', 'does not want mail or cannot get it'), ('kept_out', 'left or unreachable, says the file: kept out from now on'), ('removed', 'reader who left, says the file: taken off'), ('no_consent', 'has not agreed or not confirmed, says the file: left out'), ('duplicate', 'same address on an earlier line'), ('invalid', 'not an e-mail address'), ('bad_language', 'unknown language')], default='pending', max_length=12, verbose_name='outcome'),
        ),
        migrations.AddIndex(
            model_name='subscriberimportline',
            index=models.Index(fields=['subscriber_import', 'address_key'], name='newsletter_import_line_address'),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
