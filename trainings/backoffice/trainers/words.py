"""Warnings about the trainers of a session, and double bookings, in words."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.backoffice.next_step import Gap
from core.text.dates import DAY_OF_WEEK, hours, written
from trainings.models import Session
from trainings.trainers.booking import DoubleBooked
from trainings.trainers.pairs import PairWarning, warnings_of

WORDS = {
    PairWarning.ALONE: gettext_lazy("%(names)s gives this session alone: sessions are given by two."),
    PairWarning.SAME_STRENGTHS: gettext_lazy("%(names)s bring the same: a pair had better complete one another."),
    PairWarning.ONE_SIDE: gettext_lazy("%(names)s come from the same side: an intervision has one from social work, one from health."),
    PairWarning.LANGUAGE: gettext_lazy("The language of this session is not among those of %(names)s."),
    PairWarning.AWAY: gettext_lazy("Away on a day of this session: %(names)s."),
}


def pair_gaps_of(session: Session) -> list[Gap]:
    """What to know of the trainers, with the field where it is mended."""
    url = f"{reverse('trainings_sessions:edit', args=[session.pk])}#id_trainers"
    return [
        Gap(text=str(WORDS[each.warning]) % {"names": get_text_list([trainer.name for trainer in each.trainers], _("and"))}, url=url)
        for each in warnings_of(session)
    ]


def double_booking_text(refusal: DoubleBooked) -> str:
    """Who is where at that time."""
    lines = []
    for clash in refusal.clashes:
        starts_at, ends_at = clash.meeting.starts_at, clash.meeting.ends_at
        told = {
            "name": clash.trainer.name,
            "session": clash.meeting.session,
            "when": f"{written(starts_at, DAY_OF_WEEK)}, {hours(starts_at, ends_at)}",
        }
        lines.append(_("%(name)s is in another room then: %(session)s, %(when)s.") % told)
    return " ".join(dict.fromkeys(lines))
