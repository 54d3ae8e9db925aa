"""Opens and ends incidents, and tells those concerned: once when it begins, once when it is over.

The workers look every few seconds. A trouble that passes within a minute or two is told to nobody, and one that comes and goes is one.
"""

import datetime
import logging

from django.db import transaction

from core.health.findings import UNKNOWN, Finding, look_at_all
from core.health.mails import tell_began, tell_over
from core.health.registry import registered
from core.models import Incident

logger = logging.getLogger(__name__)
TOLD_AFTER = datetime.timedelta(minutes=2)
OVER_AFTER = datetime.timedelta(minutes=2)


def watch(*, now: datetime.datetime) -> None:
    """Looks at every check that is told. Two workers that look at once write one incident and one mail."""
    for finding in look_at_all(now=now, checks=[check for check in registered() if check.is_told]):
        if finding.reason != UNKNOWN:
            _note(finding, now=now)


@transaction.atomic
def _note(finding: Finding, *, now: datetime.datetime) -> None:
    name = finding.check.name
    is_new = not finding.is_well and not Incident.objects.open().filter(check_name=name).exists()
    if is_new:
        Incident.objects.bulk_create([Incident(check_name=name, reason=finding.reason, began_at=now)], ignore_conflicts=True)
    incident = Incident.objects.open().select_for_update(skip_locked=True).filter(check_name=name).first()
    if incident is None:
        return
    if finding.is_well:
        _goes_well(incident, now=now)
    else:
        _goes_on(incident, finding.reason, now=now)


def _goes_on(incident: Incident, reason: str, *, now: datetime.datetime) -> None:
    is_due = incident.told_at is None and now - incident.began_at >= TOLD_AFTER
    changed = incident.reason != reason or incident.well_since is not None or is_due
    if not changed:
        return
    incident.reason, incident.well_since = reason, None
    if is_due:
        logger.error("%s: %s, since %s.", incident.check_name, reason, f"{incident.began_at:%Y-%m-%d %H:%M}")
        incident.told_at = now
        tell_began(incident, now=now)
    incident.save(update_fields=["reason", "well_since", "told_at"])


def _goes_well(incident: Incident, *, now: datetime.datetime) -> None:
    if incident.well_since is None:
        incident.well_since = now
    if now - incident.well_since >= OVER_AFTER:
        incident.ended_at = incident.well_since
        if incident.told_at:
            logger.warning("%s is well again.", incident.check_name)
            tell_over(incident, now=now)
    incident.save(update_fields=["well_since", "ended_at"])
