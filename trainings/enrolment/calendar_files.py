"""Calendar files (RFC 5545, RFC 5546): the meetings of one person, and the removal of those that no longer count."""

import datetime
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from core.text.safety import writable
from trainings.enums import Delivery
from trainings.models import AnnouncedMeeting, Enrolment, Meeting, Session

PRODID = "-//Smes//Trainings//EN"
DOMAIN = "trainings.smes"


def publish_file(
    entries: Iterable[AnnouncedMeeting], enrolment: Enrolment, manage_url: str, *, cancelled: Iterable[AnnouncedMeeting] = ()
) -> bytes:
    """METHOD PUBLISH: the entries as they stand, and with STATUS CANCELLED those that no longer count.

    A calendar replaces what it holds under a UID by what has the higher SEQUENCE. Call under the person's language.
    """
    calendar = _calendar("PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, enrolment, manage_url))
    for entry in cancelled:
        calendar.add_component(_event(entry, enrolment, manage_url, is_cancelled=True))
    return bytes(calendar.to_ical())


def cancel_file(entry: AnnouncedMeeting, enrolment: Enrolment, manage_url: str) -> bytes:
    """METHOD CANCEL for one entry: all events of such a file must have the same UID (RFC 5546 §3.2.5)."""
    calendar = _calendar("CANCEL")
    calendar.add_component(_event(entry, enrolment, manage_url, is_cancelled=True))
    return bytes(calendar.to_ical())


def summary(title: str, number: int, count: int) -> str:
    """What an entry is called. Call under the person's language."""
    # Translators: an entry of a calendar, e.g. "Meet and listen (2/4)".
    return title if count == 1 else _("%(title)s (%(number)s/%(count)s)") % {"title": title, "number": number, "count": count}


def location(session: Session, meeting: Meeting | None = None) -> str:
    """Where a session meets, on one line: a meeting with a host, there. Call under the person's language."""
    if session.delivery == Delivery.ONLINE:
        return session.online_url or _("online")
    if meeting is not None and meeting.host is not None:
        return ", ".join(filter(None, (meeting.host.name, meeting.host.municipality)))
    return f"{session.venue.name}, {session.venue.postal_address}" if session.venue else ""


def description(session: Session, manage_url: str) -> str:
    """What the person needs on the day: the link to the meeting, how to get there, how to cancel. Call under her language."""
    lines = []
    if session.online_url and session.delivery != Delivery.ON_SITE:
        lines.append(_("Link to the meeting: %(url)s") % {"url": session.online_url})
    if session.venue and session.delivery != Delivery.ONLINE and session.venue.public_transport:
        lines.append(_("Public transport: %(lines)s") % {"lines": session.venue.public_transport})
    lines.append(_("Change or cancel: %(url)s") % {"url": manage_url})
    return "\n".join(lines)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(entry: AnnouncedMeeting, enrolment: Enrolment, manage_url: str, *, is_cancelled: bool = False) -> Event:
    event = Event()
    event.add("uid", f"meeting-{entry.meeting_id}-{enrolment.reference.lower()}@{DOMAIN}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.stamped_at))
    event["organizer"] = _organizer()
    event.add("dtstart", _utc(entry.starts_at))
    event.add("dtend", _utc(entry.ends_at))
    event.add("summary", writable(entry.summary))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if not is_cancelled:
        if entry.place:
            event["location"] = vText(writable(entry.place))
        event["description"] = vText(writable(description(enrolment.session, manage_url)))
        event["url"] = vUri(manage_url)
    return event


def _organizer() -> vCalAddress:
    """Required in both methods (RFC 5546 §3.2.1, §3.2.5)."""
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{email}")
    organizer.params["CN"] = vText(name or "Smes")
    return organizer


def _utc(moment: datetime.datetime) -> datetime.datetime:
    """UTC needs no time zone component, and every calendar shows it in the reader's own zone."""
    return moment.astimezone(datetime.UTC)
