"""How the duties are: for the health page, the back-office and the mail to the administrators."""

import datetime

from django.db.models import Q, QuerySet

from core.duties.registry import registered
from core.models import Duty

# A turn that came so long ago, and nobody runs it: no worker lives, or it is stuck.
OVERDUE_AFTER = datetime.timedelta(minutes=15)


def is_running(duty: Duty, now: datetime.datetime) -> bool:
    """Whether somebody runs it at this moment."""
    return duty.claimed_until is not None and duty.claimed_until > now


def is_overdue(duty: Duty, now: datetime.datetime) -> bool:
    """Whether its turn came and went."""
    return not is_running(duty, now) and duty.next_run_at < now - OVERDUE_AFTER


def troubled(now: datetime.datetime) -> QuerySet[Duty]:
    """The duties that failed, or did not run when they should."""
    overdue = Q(next_run_at__lt=now - OVERDUE_AFTER) & (Q(claimed_until=None) | Q(claimed_until__lte=now))
    return Duty.objects.filter(~Q(last_error="") | overdue, name__in=[spec.name for spec in registered()])
