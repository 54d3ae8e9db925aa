"""The first meeting opens a file."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.lifecycle.transitions import record_transition
from core.models import User
from followup.enums import RequestStatus
from followup.files.team import write_team
from followup.models import File, Request
from followup.requests.status import change_status, lock_request, moment_of


class OpenedTooEarly(Exception):
    """The day of the first meeting is before the request."""


@transaction.atomic
def open_file(*, request: Request, opened_on: datetime.date, now: datetime.datetime, by: User, team: Iterable[User] = ()) -> File:
    """Opens it for a team; who opens it is in it. Raises TransitionNotAllowed, OpenedTooEarly."""
    current = lock_request(request.pk)
    if opened_on < current.received_on:
        raise OpenedTooEarly
    change_status(current, RequestStatus.FILE_OPENED, now=now, on=opened_on, by=by)
    file = File.objects.create(request=current, opened_on=opened_on)
    write_team(file, before=set(), after={by, *team}, by=by, now=now)
    record_transition(file, "", now=moment_of(opened_on, now), by=by)
    return file
