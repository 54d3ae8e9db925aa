"""Reads of the organisation directory for blocks."""

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from core.models.organisations import Organisation


def organisations_with_role(role: str) -> "list[Organisation]":
    """The listed organisations that have `role`, by name, with their sector. Shape: at most a few dozen rows."""
    listed = apps.get_model("core", "Organisation").objects.filter(is_listed=True).select_related("sector")
    # JSON containment is not offered on SQLite; the directory is short, so Python filters.
    return sorted((each for each in listed if role in each.roles), key=lambda each: each.name.casefold())
