"""Who works on a file, and may read its notes. Every change leaves a row, which the team sees."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.models import User
from followup.files.status import lock_file
from followup.models import File, TeamChange


class NotInTheTeam(Exception):
    """The team of a file is changed by those in it, or nobody could be sure who reads its notes."""


@transaction.atomic
def set_team(*, file: File, team: Iterable[User], by: User, now: datetime.datetime) -> File:
    """By somebody of the team; by whoever may work on files once nobody of it has an account. Raises NotInTheTeam."""
    current = lock_file(file.pk)
    before = set(current.team.all())
    if by not in before and any(each.is_active for each in before):
        raise NotInTheTeam
    write_team(current, before=before, after=set(team), by=by, now=now)
    return current


def write_team(file: File, *, before: set[User], after: set[User], by: User, now: datetime.datetime) -> None:
    """Inside the transaction of the caller."""
    file.team.set(after)
    joined = [TeamChange(file=file, user=each, has_joined=True, at=now, by=by) for each in after - before]
    left = [TeamChange(file=file, user=each, has_joined=False, at=now, by=by) for each in before - after]
    TeamChange.objects.bulk_create(sorted(joined + left, key=lambda change: change.user_id or 0))
