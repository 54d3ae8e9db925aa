"""Tells the contact of a group. Called inside the transaction of what it tells."""

import datetime
from collections.abc import Collection

from core.models import OutgoingMail
from trainings.enrolment.groups import mails
from trainings.enrolment.groups.selectors import places_of
from trainings.enrolment.groups.words import Event, GroupWords
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.sessions.titles import session_title


def tell_contact(group: EnrolmentGroup, event: Event, *, session: Session, now: datetime.datetime) -> OutgoingMail | None:
    """Where all places stand. None where the contact is forgotten."""
    if not group.contact_email:
        return None
    return mails.group_status(words_for(group, event, session=session, now=now), title=session_title(session, group.language), now=now)


def tell_of_cancelling(enrolment: Enrolment, *, now: datetime.datetime) -> None:
    """The contact learns that a colleague cancelled; not what she did herself, with her own place or with one whose name follows."""
    group = enrolment.group
    if group is not None and not enrolment.is_unnamed and enrolment.email != group.contact_email:
        tell_contact(group, Event.CANCELLED, session=enrolment.session, now=now)


def tell_of_change(session: Session, *, told: Collection[str], now: datetime.datetime) -> int:
    """The contacts of groups that still have a place, but for those who are told as participants. Returns how many."""
    groups = session.groups.filter(enrolments__in=session.enrolments.active()).exclude(contact_email__in=[*told, ""]).distinct()
    return sum(tell_contact(group, Event.CHANGED, session=session, now=now) is not None for group in groups)


def words_for(group: EnrolmentGroup, event: Event, *, session: Session, now: datetime.datetime) -> GroupWords:
    """What a mail says of the places that are left."""
    group.session = session
    return GroupWords(group, session, [each for each in places_of(group) if each.is_active], now, event)
