"""The groups of the follow-up, after `migrate` and after a second one."""

import pytest

from core.accounts.roles import Role, ensure_groups
from core.models import GroupPolicy
from followup.roles import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_second_factor_is_needed_whatever_was_clicked(role: Role) -> None:
    GroupPolicy.objects.filter(group__name=role.name).update(requires_second_factor=False)
    ensure_groups(ROLES)
    assert GroupPolicy.objects.get(group__name=role.name).requires_second_factor
