"""Who keeps the map: the group of this app as data."""

from typing import Any

from core.accounts.roles import ADMIN_ACCESS, Role, ensure_groups, model_permissions

KEEPER = Role(
    name="Map",
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("cartography.place", "view", "add", "change", "delete"),
        *model_permissions("cartography.submission", "view", "change"),
        *model_permissions("core.organisation", "view", "add", "change"),
        *model_permissions("core.sector", "view"),
        *model_permissions("core.outgoingmail", "view", "change"),
    ),
)
ROLES = (KEEPER,)


def create_groups(*, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate."""
    ensure_groups(ROLES, using=using)
