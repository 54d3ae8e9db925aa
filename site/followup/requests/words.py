"""Where a request stands, in the words that its page and its mail share. Call under the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from followup.enums import Pillar, RequestStatus
from followup.models import Request


@dataclass(frozen=True, slots=True)
class Standing:
    """What has happened, and what comes next."""

    title: str
    sentences: list[str]


def subject_of(request: Request) -> str:
    """What was asked for."""
    subjects = {
        Pillar.MOBILE_TEAM: _("support by the mobile team"),
        Pillar.SUPERVISION: _("supervision of your team"),
        Pillar.PAT: _("working with peer workers"),
    }
    return subjects[Pillar(request.pillar)]


def standing_of(request: Request) -> Standing:
    """One for each status."""
    match request.status:
        case RequestStatus.RECEIVED:
            return Standing(
                _("We have received your request"),
                [_("A colleague reads it and calls or writes to you within a few working days."), _next_for(request)],
            )
        case RequestStatus.ANALYSIS:
            return Standing(_("We look at your request with you"), [_next_for(request)])
        case RequestStatus.ON_HOLD:
            return Standing(_("Your request is on hold"), [_("As agreed with you. Write to us when you want to go on.")])
        case RequestStatus.ADVICE_ONLY:
            return Standing(
                _("We have given you advice"),
                [_("It was enough for now. Is it not, after all? Call us, or send a new request at any time.")],
            )
        case RequestStatus.FILE_OPENED:
            return Standing(_("We work with you"), [_("You have met a colleague. Call them for whatever comes next.")])
        case RequestStatus.DECLINED:
            return Standing(_("We cannot take up your request"), [_("A colleague has told you why. Write to us if you have questions.")])
    return Standing(_("The request is withdrawn"), [_("Nothing more happens. You can send a new request at any time.")])


def _next_for(request: Request) -> str:
    if request.pillar == Pillar.MOBILE_TEAM:
        return _("We look at the situation with you: often advice by phone is enough, otherwise we come and meet you.")
    if request.pillar == Pillar.SUPERVISION:
        return _("We look with you at what your team needs before the first meeting.")
    return _("We look with you at what your team wants, and what it takes.")
