"""The public calendar of the catalogue (RFC 5545, RFC 7986)."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText, vUri

from core.text.safety import writable
from trainings.enrolment.calendar_files import DOMAIN, PRODID, location, summary
from trainings.enums import Delivery
from trainings.models import Session

REFRESH = datetime.timedelta(hours=12)


def calendar_of(sessions: Iterable[Session], *, catalogue_url: str, now: datetime.datetime) -> bytes:
    """One entry a meeting. Whoever subscribed gets the whole again, so a date that is gone leaves her calendar by itself.

    Call under the reader's language. The link to a meeting online is told by mail only.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Smes training courses"))
    calendar.add("x-wr-calname", _("Smes training courses"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for session in sessions:
        meetings = list(session.meetings.all())
        for number, meeting in enumerate(meetings, start=1):
            event = Event()
            event.add("uid", f"meeting-{meeting.pk}@{DOMAIN}")
            event.add("dtstamp", now.astimezone(datetime.UTC))
            event.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
            event.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
            event.add("summary", writable(summary(session.entry.title, number, len(meetings))))
            event["location"] = vText(writable(_("online") if session.delivery == Delivery.ONLINE else location(session)))
            event["url"] = vUri(f"{catalogue_url}{session.entry.slug}/#sessions")
            calendar.add_component(event)
    return bytes(calendar.to_ical())
