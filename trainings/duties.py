"""What the trainings do by themselves."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily, Every
from trainings.enrolment.access_needs import erase_access_needs
from trainings.enrolment.offers.overdue import pass_on_offers, sessions_to_settle
from trainings.enrolment.offers.remind import offers_to_remind, remind_of_offers
from trainings.planning.waiting_lists import end_stale_waiting_lists, sessions_with_stale_queues
from trainings.privacy import prune_enrolments


def forget_access_needs(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("access needs"): erase_access_needs(now=now, dry_run=dry_run)}


def end_waiting_lists(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Sessions that have begun: whoever still waits is told that it is over."""
    told = len(sessions_with_stale_queues(now)) if dry_run else end_stale_waiting_lists(now=now)
    return {gettext_noop("waiting lists ended"): told}


def pass_on_seats(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Offers that were not answered in time, and seats that a rule kept until today."""
    count = len(sessions_to_settle(now)) if dry_run else pass_on_offers(now=now)
    return {gettext_noop("seats offered"): count}


def remind_of_deadlines(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Offers that end today: one mail in the morning."""
    count = len(offers_to_remind(now)) if dry_run else remind_of_offers(now=now)
    return {gettext_noop("reminders of offers"): count}


DUTIES = [
    DutySpec(name="pass_on_seats", label=_("Pass on seats that were offered in vain"), schedule=Every(1), run=pass_on_seats),
    DutySpec(name="remind_of_offers", label=_("Remind of offers that end today"), schedule=Every(15), run=remind_of_deadlines),
    DutySpec(
        name="end_waiting_lists", label=_("End the waiting lists of sessions that have begun"), schedule=Every(60), run=end_waiting_lists
    ),
    DutySpec(name="prune_enrolments", label=_("Forget the people of sessions long over"), schedule=Daily(3, 15), run=prune_enrolments),
    DutySpec(name="erase_access_needs", label=_("Erase access needs after the session"), schedule=Daily(3, 20), run=forget_access_needs),
]
