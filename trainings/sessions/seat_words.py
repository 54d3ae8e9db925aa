"""The rules of a session's seats in words, for the form, the page of an enrolment and its mails: all three say the same."""

import datetime
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text.dates import written
from trainings.enums import FreedSeats
from trainings.models import EnrolmentGroup, Session
from trainings.seats.rules import Claim, Obstacle, SeatRules
from trainings.sessions.offer_plan import plan_for
from trainings.sessions.seat_rules import allotment_of, rules_in_force


@dataclass(frozen=True, slots=True)
class SeatWords:
    """Sentences in the active language: read them where they are shown."""

    session: Session
    now: datetime.datetime
    is_held_back: bool = False
    group: EnrolmentGroup | None = None

    def policy(self) -> list[str]:
        """What is special about this session; nothing where seats simply go in order."""
        rules, session = rules_in_force(self.session, self.now), self.session
        sentences = []
        if rules.kept_seats and session.kept_until:
            sectors = get_text_list([each.name for each in session.kept_sectors.all()], _("and"))
            text = ngettext(
                "Until %(day)s, %(count)s of the %(capacity)s seats is kept for: %(sectors)s. Then it is for everybody.",
                "Until %(day)s, %(count)s of the %(capacity)s seats are kept for: %(sectors)s. Then they are for everybody.",
                rules.kept_seats,
            )
            facts = {"day": written(session.kept_until), "count": rules.kept_seats, "capacity": session.capacity, "sectors": sectors}
            sentences.append(text % facts)
        return sentences + self._shares(rules)

    def _shares(self, rules: SeatRules) -> list[str]:
        """At most so many of one kind."""
        sentences, day = [], written(self.session.most_until) if self.session.most_until else ""
        if rules.most_per_organisation:
            text = ngettext(
                "Until %(day)s, at most %(count)s person of one organisation gets a seat; the others wait.",
                "Until %(day)s, at most %(count)s people of one organisation get a seat; the others wait.",
                rules.most_per_organisation,
            )
            sentences.append(text % {"day": day, "count": rules.most_per_organisation})
        if rules.most_per_sector:
            text = ngettext(
                "Until %(day)s, at most %(count)s person of one sector gets a seat; the others wait.",
                "Until %(day)s, at most %(count)s people of one sector get a seat; the others wait.",
                rules.most_per_sector,
            )
            sentences.append(text % {"day": day, "count": rules.most_per_sector})
        if rules.most_per_zone:
            text = ngettext(
                "Until %(day)s, at most %(count)s person of one care zone gets a seat; the others wait.",
                "Until %(day)s, at most %(count)s people of one care zone get a seat; the others wait.",
                rules.most_per_zone,
            )
            sentences.append(text % {"day": day, "count": rules.most_per_zone})
        return sentences

    def left(self) -> str:
        """Whether somebody of no kept sector would still get a seat, where that differs from what the number of seats says. One query."""
        rules = rules_in_force(self.session, self.now)
        if not rules.kept_seats:
            return ""
        allotment = allotment_of(self.session, rules, self.now)
        if allotment.obstacle_for(Claim()) != Obstacle.KEPT:
            return ""
        return _("The seats that are still free are for them. Others join the waiting list.")

    def promises(self, free: int) -> bool:
        """Whether a free seat is simply for whoever waits first."""
        return free > 0 and rules_in_force(self.session, self.now).are_plain

    def order(self) -> str:
        """Who gets the next seat."""
        if self.is_held_back:
            return _("A coordinator put you on the list.")
        if self.group is not None and self.group.is_together:
            return self._together(self.group)
        if self.policy():
            return _("A seat that becomes free goes to the first on the list who may have it by these rules.")
        return _("A seat that becomes free goes to the first on the list.")

    def way(self) -> str:
        """How somebody who waits hears of a seat, as things stand today."""
        way = FreedSeats.BY_HAND if self.is_held_back else plan_for(self.session, self.now).way
        if way == FreedSeats.OFFER and self.group is not None and self.group.is_together:
            # Translators: a group of colleagues; %(name)s enrolled them.
            return _("%(name)s gets an offer by mail, with a deadline, and answers for all of you.") % {"name": self.group.contact_name}
        if way == FreedSeats.OFFER:
            return _("You get an offer by mail, with a deadline. Until then the seat is held for you: accept or refuse it with the link.")
        if way == FreedSeats.CONFIRM:
            return _("The seat is yours at once, and a mail tells you so. You cannot come then? Please cancel with the link in the mail.")
        return _("A coordinator gives the seat by hand and writes to you.")

    def _together(self, group: EnrolmentGroup) -> str:
        if group.is_held(self.now):
            text = _(
                "You and your colleagues get your seats all together. Until %(day)s, seats that are free in your turn are kept for you "
                "until there are enough; after that day others pass before you while there are too few."
            )
            return text % {"day": written(group.held_together_until)}
        return _("You and your colleagues get your seats all together, when enough are free at once.")
