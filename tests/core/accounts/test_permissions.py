"""Groups are data: written once, kept, never shrunk."""

import pytest
from django.contrib.auth.models import Group

from core.accounts.roles import Role, ensure_groups, model_permissions
from core.models import GroupPolicy

pytestmark = pytest.mark.django_db


def test_model_permissions_are_named_as_django_names_them() -> None:
    assert model_permissions("core.sector", "view", "add") == ("core.view_sector", "core.add_sector")


def test_a_new_role_becomes_a_group_with_its_rule() -> None:
    ensure_groups([Role("Readers", ("core.view_sector",), requires_second_factor=True)])
    group = Group.objects.get(name="Readers")
    assert list(group.permissions.values_list("codename", flat=True)) == ["view_sector"]
    assert group.policy.requires_second_factor


def test_a_stricter_rule_set_by_an_administrator_stays() -> None:
    role = Role("Readers", ("core.view_sector",))
    ensure_groups([role])
    GroupPolicy.objects.filter(group__name="Readers").update(requires_second_factor=True)
    ensure_groups([role])
    assert GroupPolicy.objects.get(group__name="Readers").requires_second_factor


def test_a_permission_that_does_not_exist_is_an_error_not_a_silence() -> None:
    with pytest.raises(KeyError):
        ensure_groups([Role("Readers", ("core.view_sectors",))])
