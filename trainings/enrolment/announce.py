"""What a person is told of her meetings, compared with what she was told before: for her calendar and for mails about changes."""

import datetime
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext

from core.mail.message import Attachment
from core.web.absolute_urls import absolute_url
from trainings.enrolment.calendar_files import cancel_file, description, location, publish_file, summary
from trainings.enums import ACTIVE, EnrolmentStatus, SessionStatus
from trainings.models import AnnouncedMeeting, Enrolment, Session
from trainings.sessions.titles import session_title

UPDATED = ("starts_at", "ends_at", "summary", "place", "digest", "sequence", "stamped_at", "is_told", "is_in_calendar", "is_withdrawn")


@dataclass(frozen=True, slots=True)
class Span:
    """When a meeting is or was."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """What became of one meeting: no `old` for a new one, no `new` for one that was taken away."""

    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Where one meeting was, and where it is now."""

    span: Span
    old: str
    new: str

    @property
    def old_words(self) -> str:
        return _place_words(self.old)

    @property
    def new_words(self) -> str:
        return _place_words(self.new)


@dataclass(slots=True)
class Announcement:
    """The meetings as they stand, what differs from what was told before, and the entries that calendars must forget."""

    entries: list[AnnouncedMeeting] = field(default_factory=list)
    withdrawn: list[AnnouncedMeeting] = field(default_factory=list)
    to_cancel: list[AnnouncedMeeting] = field(default_factory=list)
    changes: list[MeetingChange] = field(default_factory=list)
    moves: list[PlaceChange] = field(default_factory=list)
    old_place: str = ""
    place: str = ""
    has_new_details: bool = False

    @property
    def has_new_place(self) -> bool:
        """Another room, or online instead of a room: of a session online the place is its link."""
        return bool(self.old_place) and self.old_place != self.place and not (_is_link(self.old_place) and _is_link(self.place))

    @property
    def places(self) -> list[PlaceChange]:
        """Each meeting that is elsewhere, where they are not all at one place: each may have its host. Links are told otherwise."""
        moves = [move for move in self.moves if not (_is_link(move.old) and _is_link(move.new))]
        return moves if len({(move.old, move.new) for move in moves}) > 1 else []

    @property
    def old_place_words(self) -> str:
        return _place_words(self.old_place)

    @property
    def place_words(self) -> str:
        return _place_words(self.place)

    @property
    def has_new_link(self) -> bool:
        """Another link to the meeting: of a session online it is the place; of any other, what is left when days and place stayed."""
        if _is_link(self.old_place) and _is_link(self.place):
            return self.old_place != self.place
        return self.has_new_details and not self.changes and not self.has_new_place


def announce(enrolment: Enrolment, *, now: datetime.datetime, title: str = "", is_first: bool = False) -> Announcement:
    """Compares with what the person knows and records what she is told now. Call inside the transaction of the mail that tells it.

    `enrolment.session` is taken as it stands. Who waits is told the dates as well, but has nothing in a calendar. `is_first`: she knows
    nothing yet, which spares a query.
    """
    found = compare(enrolment, now=now, title=title, is_first=is_first)
    if is_first:
        AnnouncedMeeting.objects.bulk_create(found.entries)
        return found
    AnnouncedMeeting.objects.bulk_create(
        [*found.entries, *found.withdrawn],
        update_conflicts=True,
        unique_fields=["enrolment", "meeting_id"],
        update_fields=UPDATED,
    )
    return found


def note_new_meetings(session: Session, *, now: datetime.datetime) -> None:
    """After meetings were added: whoever downloads the calendar file has them from now on, so they must be known when they go."""
    fresh = Session.objects.prefetch_related("meetings").select_related("module", "venue").get(pk=session.pk)
    rows: list[AnnouncedMeeting] = []
    for enrolment in fresh.enrolments.filter(status=EnrolmentStatus.CONFIRMED).select_related("participant"):
        enrolment.session = fresh
        rows += [row for row in compare(enrolment, now=now).entries if not row.sequence]
    for row in rows:
        row.is_told = False
    AnnouncedMeeting.objects.bulk_create(rows, ignore_conflicts=True)


def calendar_attachments(enrolment: Enrolment, found: Announcement) -> list[Attachment]:
    """One file with the entries of a confirmed person, and one more for each entry that must go (RFC 5546 §3.2.5)."""
    url = manage_url(enrolment)
    with translation.override(enrolment.language):
        current = [entry for entry in found.entries if entry.is_in_calendar]
        files = [_file("smes.ics", "PUBLISH", publish_file(current, enrolment, url))] if current else []
        for number, entry in enumerate(found.to_cancel, start=1):
            files.append(_file(f"smes-cancelled-{number}.ics", "CANCEL", cancel_file(entry, enrolment, url)))
    return files


def calendar_download(enrolment: Enrolment, *, now: datetime.datetime) -> bytes | None:
    """The same as one file, without recording anything: what stands, and what once stood as cancelled. None: there is nothing to tell."""
    found = compare(enrolment, now=now)
    current = [entry for entry in found.entries if entry.is_in_calendar]
    # Whoever only ever downloads has no other file that removes an entry: all that was once told and does not stand is cancelled again.
    told = {row.meeting_id: row for row in enrolment.announced_meetings.all()}
    told |= {row.meeting_id: row for row in (*found.entries, *found.withdrawn)}
    cancelled = [row for row in told.values() if not row.is_in_calendar]
    if not current and not cancelled:
        return None
    with translation.override(enrolment.language):
        return publish_file(current, enrolment, manage_url(enrolment), cancelled=cancelled)


def compare(enrolment: Enrolment, *, now: datetime.datetime, title: str = "", is_first: bool = False) -> Announcement:
    """What `announce` would record, with rows that are not saved."""
    known = {} if is_first else {row.meeting_id: row for row in enrolment.announced_meetings.all()}
    found = Announcement(entries=_current(enrolment, now, title))
    for row in found.entries:
        _compare_row(found, row, known.pop(row.meeting_id, None))
        found.place = found.place if found.old_place else row.place
    for row in known.values():
        if row.is_withdrawn:
            continue
        if row.is_told:
            found.changes.append(MeetingChange(Span(row.starts_at, row.ends_at), None))
        if row.is_in_calendar:
            found.to_cancel.append(row)
        row.is_withdrawn, row.is_in_calendar = True, False
        row.sequence, row.stamped_at = row.sequence + 1, now
        found.withdrawn.append(row)
    return found


def manage_url(enrolment: Enrolment) -> str:
    """The link by which the person sees, changes or cancels her enrolment."""
    return absolute_url("trainings:manage_enrolment", enrolment.token, language=enrolment.language)


def _is_link(place: str) -> bool:
    return place.startswith(("https://", "http://"))


def _place_words(place: str) -> str:
    """A link is for those who have a seat; in a list of changes it is "online". Call under the person's language."""
    return gettext("online") if _is_link(place) else place


def _compare_row(found: Announcement, row: AnnouncedMeeting, before: AnnouncedMeeting | None) -> None:
    span = Span(row.starts_at, row.ends_at)
    if before is None:
        found.changes.append(MeetingChange(None, span))
        return
    if before.is_withdrawn or not before.is_told:
        found.changes.append(MeetingChange(None, span))
    else:
        if before.place != row.place:
            found.moves.append(PlaceChange(span, before.place, row.place))
        if not found.old_place or (found.old_place == found.place and before.place != row.place):
            found.old_place, found.place = before.place, row.place
        if (before.starts_at, before.ends_at) != (row.starts_at, row.ends_at):
            found.changes.append(MeetingChange(Span(before.starts_at, before.ends_at), span))
    if before.is_in_calendar and not row.is_in_calendar:
        found.to_cancel.append(row)
    is_same = row.digest == before.digest and row.is_in_calendar == before.is_in_calendar and not before.is_withdrawn
    found.has_new_details = found.has_new_details or row.digest != before.digest
    row.sequence = before.sequence if is_same else before.sequence + 1
    row.stamped_at = before.stamped_at if is_same else row.stamped_at


def _current(enrolment: Enrolment, now: datetime.datetime, title: str) -> list[AnnouncedMeeting]:
    session = enrolment.session
    if enrolment.status not in ACTIVE or session.status == SessionStatus.CANCELLED:
        return []
    with translation.override(enrolment.language):
        title = title or session_title(session, enrolment.language)
        meetings = list(session.meetings.all())
        if any(meeting.host_id for meeting in meetings):
            prefetch_related_objects(meetings, "host")
        more = description(session, manage_url(enrolment))
        places = [location(session, meeting) for meeting in meetings]
        names = [summary(title, number, len(meetings))[:255] for number in range(1, len(meetings) + 1)]
    return [
        AnnouncedMeeting(
            enrolment=enrolment,
            meeting_id=meeting.pk,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            summary=name,
            place=place,
            digest=_digest(name, meeting.starts_at.isoformat(), meeting.ends_at.isoformat(), place, more),
            stamped_at=now,
            is_in_calendar=enrolment.status == EnrolmentStatus.CONFIRMED,
        )
        for meeting, name, place in zip(meetings, names, places, strict=True)
    ]


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def _file(name: str, method: str, content: bytes) -> Attachment:
    return Attachment(name=name, type=f"text/calendar; charset=utf-8; method={method}", content=content)
