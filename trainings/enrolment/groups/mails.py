"""The mail to the contact of a group."""

import datetime

from core.mail.message import queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url
from trainings.enrolment.groups.words import GroupWords


def group_status(words: GroupWords, *, title: str, now: datetime.datetime) -> OutgoingMail:
    """Where all places stand, and what the contact can do."""
    group, session = words.group, words.session
    return queue_mail(
        template="trainings/mail/group",
        to=group.contact_email,
        language=group.language,
        context={
            "name": harmless(group.contact_name),
            "words": words,
            "places": [(harmless(each.enrolment.name), each) for each in words.places],
            "title": title,
            "session": session,
            "meetings": list(session.meetings.all()),
            "rank": 0,
            "group_url": absolute_url("trainings:group", group.token, language=group.language),
            "accept_url": absolute_url("trainings:accept_group_offer", group.token, language=group.language),
            "refuse_url": absolute_url("trainings:cancel_places", group.token, language=group.language),
        },
        about=f"enrolmentgroup:{group.pk}",
        now=now,
    )
