"""Reads a mark as a form or a device sends it."""

import datetime
import uuid
from collections.abc import Mapping

from django.utils.dateparse import parse_datetime

from core import clock
from trainings.attendance.mark import CannotMark, MarkRefusal
from trainings.attendance.merge import SentMark, Standing
from trainings.enums import AttendanceStatus

STATUSES = {"", *AttendanceStatus.values}


def sent_mark(data: Mapping[str, str]) -> SentMark:
    """The mark in what a device sent: `id`, `made_at` and what was `seen` may be missing. Raises CannotMark for impossible minutes."""
    status = data.get("status", "")
    return SentMark(
        client_id=_id(data.get("id", "")),
        status=status,
        minutes=minutes_sent(status, data.get("minutes", "")),
        seen=seen_sent(data["seen"], data.get("seen_minutes", "")) if data.get("seen", None) in STATUSES else None,
        made_at=_moment(data.get("made_at", "")),
    )


def minutes_sent(status: str, minutes: str) -> int | None:
    """Minutes are asked of those who came late only; None: the whole meeting."""
    if status != AttendanceStatus.LATE or not minutes:
        return None
    if not minutes.isdecimal() or len(minutes) > 4:
        raise CannotMark(MarkRefusal.MINUTES)
    return int(minutes)


def seen_sent(status: str, minutes: str) -> Standing:
    """What the sender saw."""
    return Standing(status, int(minutes) if minutes.isdecimal() and len(minutes) <= 4 else 0)


def _id(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError:
        return uuid.uuid4()


def _moment(sent: str) -> datetime.datetime:
    """When the mark was made by the clock of the device; now where it does not say."""
    try:
        moment = parse_datetime(sent)
    except ValueError:
        moment = None
    return moment if moment is not None and moment.tzinfo is not None else clock.now()
