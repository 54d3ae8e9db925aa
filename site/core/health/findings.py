"""Asks the checks. A database that is away is a finding, not an error."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from core.health.registry import Check, registered

logger = logging.getLogger(__name__)
DATABASE = "database"
# Nobody can tell: the check needs the database, which is away, or it failed itself.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the code of the reason, empty when all is well."""

    check: Check
    reason: str

    @property
    def is_well(self) -> bool:
        return not self.reason


def look_at_all(*, now: datetime.datetime, checks: Iterable[Check] | None = None) -> list[Finding]:
    """One finding a check, in their order."""
    findings: list[Finding] = []
    is_database_away = False
    for check in registered() if checks is None else checks:
        reason = UNKNOWN if check.needs_database and is_database_away else _look(check, now)
        is_database_away = is_database_away or (check.name == DATABASE and bool(reason))
        findings.append(Finding(check, reason))
    return findings


def _look(check: Check, now: datetime.datetime) -> str:
    try:
        return check.look(now)
    except (DatabaseError, InterfaceError):
        logger.warning("The check of %s found the database away.", check.name)
        return UNKNOWN
    except Exception:
        # A broken check must not hide what the others found.
        logger.exception("The check of %s failed.", check.name)
        return UNKNOWN
