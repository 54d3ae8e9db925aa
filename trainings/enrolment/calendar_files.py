"""Calendar files (RFC 5545): one file with all meetings of a session, for one person."""

import datetime

from django.db.models import Count, Max
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText, vUri

from trainings.enums import Delivery, EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Meeting, Session
from trainings.sessions.titles import session_title

PRODID = "-//Smes//Trainings//EN"
DOMAIN = "trainings.smes"


def session_calendar(
    session: Session, enrolment: Enrolment, language: str, manage_url: str, *, title: str = "", is_cancelled: bool | None = None
) -> bytes:
    """The file: METHOD PUBLISH, or CANCEL when the session or the enrolment is (`is_cancelled` says it for a person who moves away).

    `title` spares a query where the caller knows it.

    A calendar replaces what it knows of a UID when SEQUENCE is higher: it is the session's revision plus the changes of the enrolment.
    """
    if is_cancelled is None:
        is_cancelled = session.status == SessionStatus.CANCELLED or enrolment.status == EnrolmentStatus.CANCELLED
    history = enrolment.transitions.order_by().aggregate(count=Count("pk"), latest=Max("at"))
    sequence = session.revision + max(history["count"] - 1, 0) + (1 if is_cancelled else 0)
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    title = title or session_title(session, language)
    with translation.override(language):
        meetings = list(session.meetings.all())
        for number, meeting in enumerate(meetings, start=1):
            event = _event(session, enrolment, meeting, manage_url)
            event.add("summary", _summary(title, number, len(meetings)))
            event.add("dtstamp", _utc(history["latest"] or enrolment.created_at))
            event.add("sequence", sequence)
            event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(session: Session, enrolment: Enrolment, meeting: Meeting, manage_url: str) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}-{enrolment.reference.lower()}@{DOMAIN}")
    event.add("dtstart", _utc(meeting.starts_at))
    event.add("dtend", _utc(meeting.ends_at))
    location = _location(session)
    if location:
        event["location"] = vText(location)
    event["description"] = vText("\n".join(_description(session, manage_url)))
    event["url"] = vUri(manage_url)
    return event


def _summary(title: str, number: int, count: int) -> str:
    # Translators: an entry of a calendar, e.g. "Meet and listen (2/4)".
    return title if count == 1 else _("%(title)s (%(number)s/%(count)s)") % {"title": title, "number": number, "count": count}


def _location(session: Session) -> str:
    if session.delivery == Delivery.ONLINE:
        return session.online_url or _("on line")
    return f"{session.venue.name}, {session.venue.address}" if session.venue else ""


def _description(session: Session, manage_url: str) -> list[str]:
    lines = []
    if session.online_url and session.delivery != Delivery.ON_SITE:
        lines.append(_("Link to the meeting: %(url)s") % {"url": session.online_url})
    if session.venue and session.delivery != Delivery.ONLINE and session.venue.public_transport:
        lines.append(_("Public transport: %(lines)s") % {"lines": session.venue.public_transport})
    lines.append(_("Change or cancel: %(url)s") % {"url": manage_url})
    return lines


def _utc(moment: datetime.datetime) -> datetime.datetime:
    """UTC needs no time zone component, and every calendar shows it in the reader's own zone."""
    return moment.astimezone(datetime.UTC)
