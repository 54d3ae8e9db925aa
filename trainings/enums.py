"""Statuses, sets of statuses and allowed transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import Language as Language


class Format(models.TextChoices):
    """Who may follow a module: anyone who enrols, or a team that asks for it."""

    OPEN = "open", _("open to all")
    TEAM = "team", _("for a team, on request")


class Delivery(models.TextChoices):
    """Where people meet."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class SessionKind(models.TextChoices):
    """What one enrols in."""

    OPEN_TRAINING = "open_training", _("open training")
    IN_HOUSE_TRAINING = "in_house_training", _("in-house training")
    INTERVISION = "intervision", _("intervision group")
    EXCHANGE_TABLE = "exchange_table", _("exchange table")
    SUPERVISION = "supervision", _("team supervision")
    STUDY_MORNING = "study_morning", _("study morning")


class SessionStatus(models.TextChoices):
    """The life of a session."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")
    CLOSED = "closed", _("closed")


class Phase(models.TextChoices):
    """Where a session stands in time, whatever its status: words promise only what is still to come."""

    TO_COME = "to_come", _("to come")
    BEGUN = "begun", _("under way")
    OVER = "over", _("over")


SESSION_TRANSITIONS: dict[str, set[str]] = {
    SessionStatus.DRAFT: {SessionStatus.PUBLISHED, SessionStatus.CANCELLED},
    SessionStatus.PUBLISHED: {SessionStatus.CANCELLED, SessionStatus.CLOSED},
    SessionStatus.CANCELLED: set(),
    SessionStatus.CLOSED: {SessionStatus.PUBLISHED},
}


class EnrolmentStatus(models.TextChoices):
    """The status of one person in one session."""

    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("on the waiting list")
    # A seat is held for the person until she answers or the deadline passes.
    OFFERED = "offered", _("has an offer")
    # Did not answer an offer in time: gets no other one until she says that she still wants a seat.
    LAPSED = "lapsed", _("did not answer an offer")
    CANCELLED = "cancelled", _("cancelled")


# Statuses that hold a seat.
HOLDING = (EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED)
# Statuses that mean: this person has no seat of her own yet, and hopes for one.
HOPING = (EnrolmentStatus.WAITING, EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED)
# Statuses that mean: this person is (or hopes to be) in the session.
ACTIVE = (EnrolmentStatus.CONFIRMED, *HOPING)

ENROLMENT_TRANSITIONS: dict[str, set[str]] = {
    EnrolmentStatus.CONFIRMED: {EnrolmentStatus.WAITING, EnrolmentStatus.CANCELLED},
    EnrolmentStatus.WAITING: {EnrolmentStatus.OFFERED, EnrolmentStatus.CONFIRMED, EnrolmentStatus.CANCELLED},
    EnrolmentStatus.OFFERED: {EnrolmentStatus.CONFIRMED, EnrolmentStatus.LAPSED, EnrolmentStatus.WAITING, EnrolmentStatus.CANCELLED},
    EnrolmentStatus.LAPSED: {EnrolmentStatus.WAITING, EnrolmentStatus.CONFIRMED, EnrolmentStatus.CANCELLED},
    EnrolmentStatus.CANCELLED: set(),
}


class FreedSeats(models.TextChoices):
    """How a seat that becomes free reaches the next person on the waiting list."""

    AUTOMATIC = "automatic", _("offered, with less time to answer as the first day comes nearer")
    OFFER = "offer", _("offered until the last hours before the session")
    CONFIRM = "confirm", _("given at once, without asking")
    BY_HAND = "by_hand", _("given by a coordinator only")


class SystemNote(models.TextChoices):
    """What we ourselves note beside a change of status."""

    SESSION_CANCELLED = "session_cancelled", _("The session was cancelled.")
    OVER_CAPACITY = "over_capacity", _("Over the capacity.")
    SESSION_BEGUN = "session_begun", _("The session began before a seat became free.")
    WALK_IN = "walk_in", _("Came without being enrolled.")
    EMAIL_CORRECTED = "email_corrected", _("The e-mail address was corrected.")
    SEAT_FREED = "seat_freed", _("A seat became free.")
    OFFER_ACCEPTED = "offer_accepted", _("The offer was accepted.")
    OFFER_REFUSED = "offer_refused", _("The offer was refused.")
    OFFER_LAPSED = "offer_lapsed", _("The offer was not answered in time.")
    REPLACED = "replaced", _("A colleague has the place.")
    REPLACES = "replaces", _("Has the place of a colleague.")
    ON_LIST = "on_list", _("Stands on the list of her organisation.")
    STILL_WANTS = "still_wants", _("Still wants a seat: at the end of the list.")
    SAME_PERSON = "same_person", _("The person was known twice: her other place in the session stays.")
    MERGE_UNDONE = "merge_undone", _("They are two people after all: the place is given back.")


# Notes of changes that nobody decided.
BY_ITSELF = (SystemNote.SEAT_FREED, SystemNote.OFFER_LAPSED, SystemNote.SESSION_BEGUN)


class AttendanceStatus(models.TextChoices):
    """One person at one meeting."""

    PRESENT = "present", _("present")
    LATE = "late", _("late")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


# Statuses whose hours count on the certificate.
ATTENDED = (AttendanceStatus.PRESENT, AttendanceStatus.LATE)
