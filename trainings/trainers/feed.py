"""A trainer's own calendar, behind a secret link (RFC 5545)."""

import datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from core.text.safety import writable
from trainings.enrolment.calendar_files import DOMAIN, PRODID, location, summary
from trainings.enums import SessionStatus
from trainings.models import Session, Trainer

REFRESH = datetime.timedelta(hours=6)
# What is long over need not be fetched every six hours.
PAST = datetime.timedelta(days=60)


def calendar_of_trainer(trainer: Trainer, *, now: datetime.datetime) -> bytes:
    """One entry a meeting, drafts as tentative. Nobody who takes part is named: the link may be on a shared telephone."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Smes: my sessions"))
    calendar.add("x-wr-calname", _("Smes: my sessions"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for session in sessions_of(trainer, now=now):
        meetings = list(session.meetings.all())
        for number, meeting in enumerate(meetings, start=1):
            event = Event()
            event.add("uid", f"trainer-{trainer.pk}-meeting-{meeting.pk}@{DOMAIN}")
            event.add("dtstamp", now.astimezone(datetime.UTC))
            event.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
            event.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
            event.add("summary", writable(summary(session.name, number, len(meetings))))
            event.add("status", "TENTATIVE" if session.status == SessionStatus.DRAFT else "CONFIRMED")
            event["location"] = vText(writable(location(session)))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def sessions_of(trainer: Trainer, *, now: datetime.datetime) -> list[Session]:
    """Hers, of the last weeks and to come, soonest first. Two queries."""
    rows = Session.objects.with_dates().exclude(status=SessionStatus.CANCELLED).filter(trainers=trainer, ends_at__gt=now - PAST)
    return list(rows.select_related("module", "venue").prefetch_related("meetings").order_by("starts_at", "pk"))
