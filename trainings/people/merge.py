"""Merges two people into one, with all that hangs on them, and takes it back."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.merging.merge import merge_rows, undo_merge
from core.merging.registry import Label, MergeKind
from core.models import Merge, User
from core.text.dates import written
from trainings.models import Enrolment, Participant, Session
from trainings.people.duplicates import find_people


def merge_people(*, keep: Participant, remove: Participant, now: datetime.datetime, by: User | None) -> Merge:
    """`keep` gets the enrolments, presences, certificates and wishes of `remove`, whose email is then nobody's. No mail leaves.

    Where both are in one session, the better place stays and the other seat passes on. Raises CannotMerge.
    """
    return merge_rows(PEOPLE, keep=keep.pk, remove=remove.pk, now=now, by=by)


def undo_merge_of_people(*, merge: Merge, now: datetime.datetime, by: User | None) -> Merge:
    """Both people as they were. What came since stays with the one that was kept; a seat somebody else has by now is not taken away.

    Raises CannotUndo.
    """
    return undo_merge(PEOPLE, merge_id=merge.pk, now=now, by=by)


def facts(person: Participant) -> list[tuple[Label, Any]]:
    """What stands side by side."""
    enrolments = list(Enrolment.objects.filter(participant=person).select_related("organisation").order_by("-created_at"))
    organisations = dict.fromkeys(each.organisation_label for each in enrolments if each.organisation_label)
    functions = dict.fromkeys(each.function for each in enrolments if each.function)
    return [
        (_("name"), person.name),
        (_("e-mail address"), person.email),
        (_("organisations"), ", ".join(organisations)),
        (_("function"), ", ".join(functions)),
        (_("first known"), written(person.created_at)),
        (_("latest enrolment"), written(enrolments[0].created_at) if enrolments else ""),
    ]


def warnings(one: Participant, other: Participant) -> list[str]:
    """Sessions both are in: one person has one place."""
    both = Session.objects.filter(pk__in=_active_in(one)).filter(pk__in=_active_in(other)).select_related("module")
    said = gettext("Both are in “%(session)s”: the better place stays, the other is given back, and its seat goes to the next who waits.")
    return [said % {"session": session.name} for session in both]


def _active_in(person: Participant) -> QuerySet[Any, Any]:
    return Enrolment.objects.active().filter(participant=person).values("session")


def now_known_as(row: dict[str, Any]) -> Participant | None:
    """Whoever enrolled with the removed email since: to her the enrolments return."""
    return Participant.objects.filter(email=row.get("email", "")).first()


PEOPLE = MergeKind(
    model="trainings.Participant",
    search_fields=("name", "email"),
    told_apart_by="email",
    find=find_people,
    facts=facts,
    warn=warnings,
    stand_in=now_known_as,
)
