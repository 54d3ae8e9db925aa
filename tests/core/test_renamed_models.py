"""A model gets another name in a release: who had permissions for it keeps them."""

import pytest
from django.contrib.auth.management import rename_permissions_after_model_rename
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations import Migration, RenameModel
from django.db.models.signals import post_migrate

pytestmark = pytest.mark.django_db


def upgrade() -> None:
    """What `migrate` does when its migrations are through; one of them made a Listener a Subscriber."""
    migration = Migration("0099_renamed", "newsletter")
    migration.operations = [RenameModel("Listener", "Subscriber")]
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[(migration, False)])


@pytest.fixture
def group() -> Group:
    """People who could see the rows under their old name."""
    actions = ("view", "add", "change", "delete")
    rows = Permission.objects.filter(content_type__app_label="newsletter", codename__in=[f"{action}_subscriber" for action in actions])
    for row in rows:
        row.codename = row.codename.replace("subscriber", "listener")
        row.save()
    group = Group.objects.create(name="Those who see")
    group.permissions.add(Permission.objects.get(codename="view_listener"))
    return group


def test_a_group_keeps_what_it_may_do(group: Group) -> None:
    upgrade()
    assert list(group.permissions.values_list("codename", flat=True)) == ["view_subscriber"]


def test_without_the_order_of_the_receivers_the_upgrade_stops(group: Group) -> None:
    """The control: our groups come first, and create what is about to be renamed."""
    uid = "django.contrib.auth.management.rename_permissions"
    try:
        post_migrate.disconnect(dispatch_uid=uid)
        post_migrate.connect(rename_permissions_after_model_rename, dispatch_uid=uid)
        with pytest.raises(RuntimeError, match="conflict"):
            upgrade()
    finally:
        post_migrate.receivers.insert(0, post_migrate.receivers.pop())
        post_migrate.sender_receivers_cache.clear()
