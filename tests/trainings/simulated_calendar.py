"""A person's calendar, fed with the files of her mails as a calendar program would take them (RFC 5546), read by another library."""

from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime

import vobject

from core.models import OutgoingMail


@dataclass
class Entry:
    """What the calendar holds under one UID."""

    sequence: int
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False


@dataclass
class SimulatedCalendar:
    """Keeps what has the higher SEQUENCE; a cancelled UID is remembered, but no longer shown."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def take_mail(self, mail: OutgoingMail) -> None:
        """Opens every calendar file that is attached."""
        for each in mail.attachments:
            assert each["type"].startswith("text/calendar; charset=utf-8; method=")
            self.take_file(b64decode(each["content"]), method=each["type"].rpartition("=")[2])

    def take_file(self, content: bytes, *, method: str | None = None) -> None:
        """Imports one file. Raises AssertionError where the file breaks RFC 5546."""
        calendar = vobject.readOne(content.decode())
        found = str(calendar.method.value)
        assert method in {None, found}, "the type of the attachment names the method of the file"
        events = list(calendar.contents.get("vevent", []))
        assert events
        if found == "CANCEL":
            assert len({event.uid.value for event in events}) == 1, "RFC 5546 §3.2.5: one UID a file"
        for event in events:
            assert str(event.organizer.value).startswith("mailto:")
            self._take(event, is_cancelled=found == "CANCEL" or event.status.value == "CANCELLED")

    def _take(self, event: vobject.base.Component, *, is_cancelled: bool) -> None:
        uid, sequence = event.uid.value, int(event.sequence.value)
        known = self.entries.get(uid)
        if known and (sequence < known.sequence or (sequence == known.sequence and known.is_cancelled)):
            return
        self.entries[uid] = Entry(sequence, event.dtstart.value, event.dtend.value, is_cancelled)

    def shown(self) -> list[tuple[datetime, datetime]]:
        """When the person believes to be expected."""
        return sorted((entry.starts_at, entry.ends_at) for entry in self.entries.values() if not entry.is_cancelled)
