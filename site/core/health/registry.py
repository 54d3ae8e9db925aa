"""Which checks there are. Each app may register its own in `ready()`."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

# The permission of those who are mailed about an incident and see it in the back-office.
PERMISSION = "core.view_incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be well.

    `look` answers with the code of what is wrong, empty when all is well; `reasons` says in a sentence what each code means, `advice` what
    to do. Neither names a person, a path or a host: strangers may read the codes. `is_public`: shown by `/healthz`. `is_told`: opens an
    incident, which is mailed to whoever has `permission`.
    """

    name: str
    label: str | Promise
    look: Callable[[datetime.datetime], str]
    reasons: Mapping[str, str | Promise]
    advice: str | Promise
    permission: str = PERMISSION
    needs_database: bool = True
    is_public: bool = True
    is_told: bool = True


_registered: dict[str, Check] = {}


def register(checks: Iterable[Check]) -> None:
    """Called in an app's `ready()`."""
    _registered.update({check.name: check for check in checks})


def registered() -> list[Check]:
    """In the order of their registration; the database comes first."""
    return list(_registered.values())


def get(name: str) -> Check | None:
    """The check of that name."""
    return _registered.get(name)
