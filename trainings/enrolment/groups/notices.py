"""Tells the contact of a group. Called inside the transaction of what it tells."""

import datetime

from core.models import OutgoingMail
from trainings.enrolment.groups import mails
from trainings.enrolment.groups.selectors import places_of
from trainings.enrolment.groups.words import Event, GroupWords
from trainings.models import EnrolmentGroup, Session
from trainings.sessions.titles import session_title


def tell_contact(group: EnrolmentGroup, event: Event, *, session: Session, now: datetime.datetime) -> OutgoingMail | None:
    """Where all places stand. None where the contact is forgotten."""
    if not group.contact_email:
        return None
    return mails.group_status(words_for(group, event, session=session, now=now), title=session_title(session, group.language), now=now)


def words_for(group: EnrolmentGroup, event: Event, *, session: Session, now: datetime.datetime) -> GroupWords:
    """What a mail says of the places that are left."""
    group.session = session
    return GroupWords(group, session, [each for each in places_of(group) if each.is_active], now, event)
