"""Rules and planned mails in words."""

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text.dates import HOUR, MOMENT, written
from trainings.mailings.selectors import PlannedMail
from trainings.models import MailRule
from trainings.models.mailings import Moment


def moment_words(rule: MailRule) -> str:
    """`2 days before the first meeting, at 10.00`."""
    hour = written(datetime.datetime.combine(datetime.date.min, datetime.time(rule.hour)), HOUR)
    return MOMENTS[Moment(rule.moment)](rule.days) % {"days": rule.days, "hour": hour}


def leaves_words(planned: PlannedMail) -> str:
    """`will leave on 8 March 2027, 10.00 to 12 people`, or why it does not."""
    if planned.is_left_out:
        return _("left out for this session")
    moment = written(planned.leaves_at, MOMENT)
    if planned.is_open:
        words = ngettext(
            "will leave on %(moment)s, to those it is for once presence is marked (%(count)s person has a seat)",
            "will leave on %(moment)s, to those it is for once presence is marked (%(count)s people have a seat)",
            planned.seated,
        )
        return words % {"moment": moment, "count": planned.seated}
    if not planned.count:
        return _("will leave on %(moment)s, to nobody as things are") % {"moment": moment}
    words = ngettext("will leave on %(moment)s to %(count)s person", "will leave on %(moment)s to %(count)s people", planned.count)
    return words % {"moment": moment, "count": planned.count}


def _before_first(days: int) -> str:
    return ngettext("%(days)s day before the first meeting, at %(hour)s", "%(days)s days before the first meeting, at %(hour)s", days)


def _after_first(days: int) -> str:
    return ngettext("%(days)s day after the first meeting, at %(hour)s", "%(days)s days after the first meeting, at %(hour)s", days)


def _before_last(days: int) -> str:
    return ngettext("%(days)s day before the last meeting, at %(hour)s", "%(days)s days before the last meeting, at %(hour)s", days)


def _after_last(days: int) -> str:
    return ngettext("%(days)s day after the last meeting, at %(hour)s", "%(days)s days after the last meeting, at %(hour)s", days)


MOMENTS: dict[Moment, Callable[[int], str]] = {
    Moment.BEFORE_FIRST: _before_first,
    Moment.AFTER_FIRST: _after_first,
    Moment.BEFORE_LAST: _before_last,
    Moment.AFTER_LAST: _after_last,
}
