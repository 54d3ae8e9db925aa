"""What a session needs before it is published, and what it had better have: asked by the service and shown with its mend beforehand."""

import datetime
import enum

from core.pages.own_words import in_own_words
from trainings.enums import Delivery, Format, SessionKind, SessionStatus
from trainings.models import ModulePage, Session


class Lack(enum.StrEnum):
    """What is missing, in the order people read it."""

    NO_MEETING = "no_meeting"
    PAST = "past"
    NO_VENUE = "no_venue"
    TEAM_MODULE = "team_module"
    NO_LINK = "no_link"
    NO_TRAINER = "no_trainer"
    NO_PAGE = "no_page"


# Nobody could come, or would pay what is meant for a team. The others may follow later: people are told of a link, a page is translated.
BLOCKING = frozenset({Lack.NO_MEETING, Lack.PAST, Lack.NO_VENUE, Lack.TEAM_MODULE})


def lacks_of(session: Session, *, now: datetime.datetime) -> list[Lack]:
    """Everything that is missing. At most three queries."""
    starts = [meeting.starts_at for meeting in session.meetings.all()]
    found = {
        Lack.NO_MEETING: not starts,
        Lack.PAST: bool(starts) and min(starts) <= now and session.status == SessionStatus.DRAFT,
        Lack.NO_VENUE: lacks_venue(session),
        Lack.TEAM_MODULE: _is_for_teams(session),
        Lack.NO_LINK: session.delivery != Delivery.ON_SITE and not session.online_url,
        Lack.NO_TRAINER: not session.trainers.exists(),
        Lack.NO_PAGE: _lacks_page(session),
    }
    return [lack for lack, is_missing in found.items() if is_missing]


def lacks_venue(session: Session) -> bool:
    """Whether people meet somewhere and nobody says where: in a venue, or each time at the host of the meeting."""
    if session.delivery == Delivery.ONLINE or session.venue_id is not None:
        return False
    return not all(meeting.host_id for meeting in session.meetings.all())


def _is_for_teams(session: Session) -> bool:
    """An open session of a module that a team asks for: its price is that of a team."""
    return session.kind == SessionKind.OPEN_TRAINING and session.module is not None and session.module.format == Format.TEAM


def _lacks_page(session: Session) -> bool:
    """Open sessions are found on the page of their module, in the language they are given in."""
    if session.kind != SessionKind.OPEN_TRAINING or session.module_id is None:
        return False
    pages = ModulePage.objects.live().filter(in_own_words(), module_id=session.module_id)
    return not pages.filter(locale__language_code=session.language).exists()
