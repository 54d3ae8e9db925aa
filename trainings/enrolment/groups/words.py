"""Where a group stands, in words: the page of the contact and her mails say the same."""

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text.dates import MOMENT, written
from trainings.enums import HOPING, EnrolmentStatus, Phase, SessionStatus
from trainings.models import Enrolment, EnrolmentGroup, Session


class Event(enum.StrEnum):
    """What the contact is written about."""

    ENROLLED = "enrolled"
    OFFERED = "offered"
    REMINDED = "reminded"
    LAPSED = "lapsed"
    SEATED = "seated"
    PASSED_OVER = "passed_over"
    CALLED_OFF = "called_off"
    CANCELLED = "cancelled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a group; `rank`: its place on the waiting list, 0 for one that does not wait."""

    enrolment: Enrolment
    rank: int = 0

    def words(self) -> str:
        """Where it stands."""
        match self.enrolment.status:
            case EnrolmentStatus.CONFIRMED:
                return _("has a seat")
            case EnrolmentStatus.WAITING:
                return _("number %(rank)s on the waiting list") % {"rank": self.rank}
            case EnrolmentStatus.OFFERED:
                return _("a seat is held until %(moment)s") % {"moment": written(self.enrolment.answer_by, MOMENT)}
            case EnrolmentStatus.LAPSED:
                return _("the offer is over")
        return _("cancelled")

    @property
    def is_active(self) -> bool:
        return self.enrolment.status != EnrolmentStatus.CANCELLED


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Sentences in the active language: read them where they are shown."""

    group: EnrolmentGroup
    session: Session
    places: Sequence[Place]
    now: datetime.datetime
    event: Event = Event.ENROLLED

    @property
    def offered(self) -> list[Place]:
        """Those whose offer can still be answered."""
        return [each for each in self._with(EnrolmentStatus.OFFERED) if each.enrolment.answer_by and self.now <= each.enrolment.answer_by]

    @property
    def overdue(self) -> list[Place]:
        """Those whose offer is over: they wait again once the contact says that they still want a seat."""
        open_ones = self.offered
        return [each for each in self._with(EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED) if each not in open_ones]

    @property
    def answer_by(self) -> datetime.datetime | None:
        return min((each.enrolment.answer_by for each in self.offered if each.enrolment.answer_by), default=None)

    @property
    def is_waiting(self) -> bool:
        return self.session.phase(self.now) == Phase.TO_COME and bool(self._with(*HOPING))

    def state(self) -> str:
        """What is so now, and what the contact may do about it."""
        if self.session.status == SessionStatus.CANCELLED:
            return _("This session does not take place. Each of your colleagues got a mail that says why.")
        if self.answer_by:
            moment = {"moment": written(self.answer_by, MOMENT)}
            text = _("Seats are free for your group, and held until %(moment)s. You answer for all of you; without an answer they pass on.")
            return text % moment
        if self.overdue:
            return _("Seats were offered to your group. We had no answer, so they pass on. Tell us if you still want them.")
        if self.is_waiting:
            return self.rule()
        return _("Each of you has her own mail and link: with it she changes her details, or cancels.")

    def rule(self) -> str:
        """How the places of the group that wait are served."""
        if not self.group.is_together:
            return _("Those of you who wait get a seat one by one, in the order of the list.")
        if self.group.is_held(self.now):
            day = {"day": written(self.group.held_together_until)}
            text = _(
                "You get your seats all together. Until %(day)s, seats that are free in your turn are kept for you until there are enough. "
                "After that day others pass before you while there are too few at once; we write to you then."
            )
            return text % day
        return _("You get your seats all together, when enough are free at once. While there are too few, others pass before you.")

    def news(self) -> str:
        """What happened, where a heading does not say it all."""
        return {
            Event.CANCELLED: _("One of you cancelled her place. Below are those who keep theirs."),
            Event.CHANGED: _("Dates, place or link of the session are new. Each of your colleagues got a mail that says what changed."),
        }.get(self.event, "")

    def heading(self) -> str:
        """Of a mail."""
        return {
            Event.ENROLLED: _("Where your group stands"),
            Event.OFFERED: _("Seats for your group"),
            Event.REMINDED: _("Do you still want the seats?"),
            Event.LAPSED: _("The offer to your group is over"),
            Event.SEATED: _("Your group has its seats"),
            Event.CALLED_OFF: _("The session of your group does not take place"),
            Event.PASSED_OVER: _("Seats are no longer kept for your group"),
            Event.CANCELLED: _("A colleague of your group cancelled"),
            Event.CHANGED: _("The session of your group has changed"),
        }[self.event]

    def _with(self, *statuses: EnrolmentStatus) -> list[Place]:
        return [each for each in self.places if each.enrolment.status in statuses]
