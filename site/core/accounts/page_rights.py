"""What a role may do with pages: Wagtail gives such rights page by page, so they are given where a page of the kind is published."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils.module_loading import module_has_submodule
from wagtail.models import GroupPagePermission, Page

from core.accounts.roles import Role

# On the page and everything below it.
ACTIONS = ("add_page", "change_page", "publish_page")


def grant_page_rights(*, sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Receiver of `page_published`: whoever looks after this kind of page may work on it. Given again it changes nothing."""
    label = sender._meta.label
    for role in all_roles():
        if label in role.looks_after:
            _grant(role, instance)


def all_roles() -> Iterable[Role]:
    """The roles of every app."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "roles"):
            yield from import_module(f"{config.name}.roles").ROLES


def _grant(role: Role, page: Page) -> None:
    group = Group.objects.filter(name=role.name).first()
    if group is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ACTIONS):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
