"""Groups of the back-office as data: each app lists its own as `ROLES` in its `roles`. Here they are written."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext, gettext_noop

from core.models import GroupPolicy

ADMIN_ACCESS = "wagtailadmin.access_admin"
# Rights and groups Django and Wagtail make: their names stand in the database in English, and are translated where they are shown.
UPSTREAM_NAMES = (
    gettext_noop("Can view"),
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Editors"),
)


@dataclass(frozen=True, slots=True)
class Role:
    """A group and the least it may do, as `app.codename`. What an administrator adds stays."""

    name: str
    permissions: tuple[str, ...]
    requires_second_factor: bool = False
    # Kinds of pages its people write, with what stands below them: `trainings.CataloguePage` (core.accounts.page_rights).
    looks_after: tuple[str, ...] = ()


def label_of(group: Group) -> str:
    """The name of a group in the reader's language; one an administrator made has the name it was given."""
    return gettext(group.name)


def model_permissions(model: str, *actions: str) -> tuple[str, ...]:
    """`model_permissions("trainings.venue", "view", "add")` names the permissions Django makes for a model."""
    app, name = model.split(".")
    return tuple(f"{app}.{action}_{name}" for action in actions)


def create_groups(*, sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: the groups of the app that was migrated."""
    if module_has_submodule(sender.module, "roles"):
        ensure_groups(import_module(f"{sender.name}.roles").ROLES, using=using)


def ensure_groups(roles: Iterable[Role], *, using: str = "default") -> None:
    """Creates missing groups and gives each what its role asks. Run again it changes nothing."""
    roles = tuple(roles)
    wanted = {permission for role in roles for permission in role.permissions}
    known = _permissions(wanted, using)
    for role in roles:
        group, _created = Group.objects.using(using).get_or_create(name=role.name)
        group.permissions.add(*(known[name] for name in role.permissions))
        policy, created = GroupPolicy.objects.using(using).get_or_create(
            group=group, defaults={"requires_second_factor": role.requires_second_factor}
        )
        if role.requires_second_factor and not created and not policy.requires_second_factor:
            # A rule of the house, not a choice: it comes back.
            GroupPolicy.objects.using(using).filter(pk=policy.pk).update(requires_second_factor=True)


def _permissions(names: set[str], using: str) -> dict[str, Permission]:
    """The rows of some permissions. Django writes them after each migration, app by app: perhaps later than we are called."""
    for label in sorted({name.split(".")[0] for name in names}):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    chosen = Q()
    for name in names:
        label, codename = name.split(".")
        chosen |= Q(content_type__app_label=label, codename=codename)
    rows = Permission.objects.using(using).filter(chosen).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
