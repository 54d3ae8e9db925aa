"""When the mail of a rule leaves, and whether somebody gets it. Pure: it reads what it is given; all hours are Brussels' own."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from trainings.enums import HOPING, EnrolmentStatus
from trainings.models import MailRule
from trainings.models.mailings import FIRST_HOUR, LAST_HOUR, Audience

# A mail about what was, held up by a roll call or by a pause of the worker, still makes sense for so long.
STILL_WELCOME = datetime.timedelta(days=14)
# A session put off by less needs no second reminder: the mail about the change told the new date.
PUT_OFF = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Dates:
    """When the first and the last meeting of a session begin, and when the last one ends."""

    first: datetime.datetime
    last: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What decides whether an enrolment gets a mail. `since`: when the status began. `was_absent`: marked, and never there."""

    pk: int
    status: str
    since: datetime.datetime
    was_present: bool = False
    was_absent: bool = False
    has_team_lead: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """The latest mail of a rule to a person of a session."""

    turn: int
    planned_at: datetime.datetime


def planned_at(rule: MailRule, dates: Dates) -> datetime.datetime:
    """The moment of a rule for a session, at the hour the clock shows that day."""
    last = dates.last if rule.is_before else dates.end
    anchor = dates.first if rule.counts_from_first else last
    day = timezone.localdate(anchor) + datetime.timedelta(days=-rule.days if rule.is_before else rule.days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(rule.hour)))


def too_late_at(rule: MailRule, dates: Dates) -> datetime.datetime:
    """From then on the mail makes no sense any more."""
    if rule.is_before:
        return dates.first if rule.counts_from_first else dates.last
    return planned_at(rule, dates) + STILL_WELCOME


def by_day(moment: datetime.datetime) -> datetime.datetime:
    """`moment`, or the first hour of the day after the night it falls in."""
    local = timezone.localtime(moment)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return moment
    day = local.date() + datetime.timedelta(days=local.hour >= LAST_HOUR)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(FIRST_HOUR)))


def turn_for(rule: MailRule, dates: Dates, person: Person, left: Left | None) -> int | None:
    """Which turn of the mail this person still gets at its moment; None: none. The same answer plans the mail and sends it."""
    moment = planned_at(rule, dates)
    if not _is_meant(rule, person):
        return None
    is_late = rule.is_before and person.since > moment
    if is_late and not rule.reaches_late:
        return None
    counts_from = person.since if is_late else moment
    if rule.active_since is None or counts_from < rule.active_since:
        return None
    if left is None:
        return 0
    return left.turn + 1 if rule.is_before and moment - left.planned_at >= PUT_OFF else None


def _is_meant(rule: MailRule, person: Person) -> bool:
    has_seat = person.status == EnrolmentStatus.CONFIRMED
    return {
        Audience.SEATED: has_seat,
        Audience.WAITING: person.status in HOPING,
        Audience.PRESENT: has_seat and person.was_present,
        Audience.ABSENT: has_seat and person.was_absent and not person.was_present,
        Audience.TEAM_LEADS: has_seat and person.was_present and person.has_team_lead,
    }[Audience(rule.audience)]
