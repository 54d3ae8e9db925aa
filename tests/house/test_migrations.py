"""Models and migrations agree."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


@pytest.mark.django_db
def test_a_renamed_model_takes_its_permissions_along() -> None:
    """Groups are written after Django has renamed them: earlier there would be two of each, and the migration of a live site would stop."""
    rename = MigrationLoader(connection).get_migration("newsletter", "0009_subscriber_imports")
    held = Permission.objects.filter(codename__endswith="_subscriberimport", group__name="Communication officer")
    before = set(held.values_list("pk", flat=True))
    assert before
    for permission in Permission.objects.filter(content_type__model__startswith="subscriberimport"):
        permission.codename = permission.codename.replace("subscriberimport", "readerimport")
        permission.save()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[(rename, False)])
    assert set(held.values_list("pk", flat=True)) == before
    assert not Permission.objects.filter(codename__contains="readerimport").exists()
