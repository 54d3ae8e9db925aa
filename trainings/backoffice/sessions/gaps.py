"""What a session lacks, in words, with the field or the page where it is mended."""

import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.backoffice.next_step import Gap
from trainings.models import Session
from trainings.planning.publish_checks import BLOCKING, Lack, lacks_of

WORDS: dict[Lack, Promise] = {
    Lack.NO_MEETING: _("No meeting yet: a session needs at least one."),
    Lack.PAST: _("The first meeting is already behind us."),
    Lack.NO_VENUE: _("People meet on site, and no venue is chosen."),
    Lack.TEAM_MODULE: _("This module is given to teams, at the price of a team: choose the kind “in-house training”, or another module."),
    Lack.NO_LINK: _("No link to the meeting online: the mails that confirm a seat would not hold it."),
    Lack.NO_TRAINER: _("No trainer: nobody but a coordinator could do the roll call."),
    Lack.NO_PAGE: _("The module has no published page in the language of this session: nobody would find it in the catalogue."),
}
# Where the form of the session asks for it.
FIELDS = {
    Lack.NO_MEETING: "id_meetings-FORMS",
    Lack.PAST: "id_meetings-FORMS",
    Lack.NO_VENUE: "id_venue",
    Lack.TEAM_MODULE: "id_kind",
    Lack.NO_LINK: "id_online_url",
    Lack.NO_TRAINER: "id_trainers",
}


def gaps_of(session: Session, *, now: datetime.datetime) -> list[Gap]:
    """What is missing, what blocks first."""
    found = lacks_of(session, now=now)
    return [Gap(text=WORDS[lack], url=_mend_url(session, lack), is_blocking=lack in BLOCKING) for lack in found]


def _mend_url(session: Session, lack: Lack) -> str:
    if lack == Lack.NO_PAGE:
        return reverse("trainings_modules:edit", args=[session.module_id])
    return f"{reverse('trainings_sessions:edit', args=[session.pk])}#{FIELDS[lack]}"
