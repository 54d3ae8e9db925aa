"""The mails of a session, for its page."""

import datetime
from typing import Any

from trainings.backoffice.mailings.words import leaves_words
from trainings.backoffice.permissions import RUN_SESSIONS, VIEW_ENROLMENTS
from trainings.mailings.selectors import LONGEST, left_mails, planned_mails
from trainings.models import Session


def mails_of_session(session: Session, user: Any, *, now: datetime.datetime) -> dict[str, Any]:
    """What is planned, what left by rule, what was written; nothing for those who may not know who is in it."""
    if not user.has_perm(VIEW_ENROLMENTS):
        return {}
    planned = planned_mails(now=now, until=now + LONGEST, sessions=Session.objects.filter(pk=session.pk))
    return {
        "planned": [(each, leaves_words(each)) for each in planned if each.is_to_come or each.is_left_out],
        "left": left_mails(session),
        "messages": session.messages.select_related("by"),
        "can_change": user.has_perm(RUN_SESSIONS),
    }
