"""Forgets the contact persons of requests: what is counted remains, the team, sector, reason, steps and days."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from core.fields import readable_code, secret_token
from core.models import OutgoingMail
from followup.enums import FILE_ENDS, OPEN_REQUESTS, RequestStatus, SystemNote
from followup.models import Request, RequestTransition
from followup.requests.status import change_status

MONTH = datetime.timedelta(days=30.44)
EXPORTED = (
    *("reference", "pillar", "status", "received_on", "organisation_name", "service", "name", "email", "phone", "language"),
    *("origin", "reason", "text"),
)


def requests_due(now: datetime.datetime) -> QuerySet[Request]:
    """Those that ended, or whose file did, so many months ago; and those nobody took a step on for as long."""
    limit = now - settings.FOLLOW_UP_CONTACT_MONTHS * MONTH
    steps = RequestTransition.objects.filter(request=OuterRef("pk")).order_by().values("request")
    rows = Request.objects.annotate(latest_step=Subquery(steps.annotate(latest=Max("at")).values("latest")))
    over = Q(status=RequestStatus.FILE_OPENED, file__status__in=FILE_ENDS, file__closed_on__lt=limit.date())
    due: QuerySet[Request] = rows.filter(over | (~Q(status=RequestStatus.FILE_OPENED) & Q(latest_step__lt=limit)), erased_at=None)
    return due


@transaction.atomic
def prune_requests(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """The timed duty. Returns how many were (or would be) forgotten."""
    due = requests_due(now)
    return due.count() if dry_run else _forget(due, now=now)


def forget_contact(email: str, *, now: datetime.datetime) -> int:
    """Forgets one address at once. What is still open is withdrawn; a file goes on without her name."""
    return _forget(_of(email), now=now)


def export_requests(email: str) -> list[dict[str, Any]]:
    """Everything known of one address. No secret link."""
    return [
        {field: getattr(each, field) for field in EXPORTED} | {"history": list(each.transitions.values("at", "to_status", "reason"))}
        for each in _of(email)
    ]


def _of(email: str) -> QuerySet[Request]:
    return Request.objects.filter(email__iexact=email.strip(), erased_at=None)


def _forget(requests: QuerySet[Request], *, now: datetime.datetime) -> int:
    rows = list(requests.order_by("pk"))
    for row in rows:
        if row.status in OPEN_REQUESTS:
            change_status(row, RequestStatus.WITHDRAWN, now=now, reason=SystemNote.ERASED)
        # New keys: what stands in an old mail leads nowhere.
        row.reference, row.token, row.erased_at = readable_code(8), secret_token(), now
        row.name = row.email = row.phone = row.text = ""
        row.save()
    RequestTransition.objects.filter(request__in=rows).exclude(reason__in=SystemNote.values).update(reason="")
    OutgoingMail.objects.filter(about__in=[row.about for row in rows]).delete()
    return len(rows)
