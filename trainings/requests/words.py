"""Where a request stands, in the words that its page and its mails share. Call under the reader's language."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import current_language
from core.text.dates import written
from trainings.models import Proposal, TrainingRequest
from trainings.models.requests import ENDS, RequestNote, RequestStatus
from trainings.requests.selectors import current_proposal
from trainings.sessions.titles import page_for_module


@dataclass(frozen=True, slots=True)
class Step:
    """What has happened, what comes next, and what the contact person can do: a view with its label and what its URL takes."""

    title: str
    sentences: list[str]
    view: str = "follow_request"
    label: str = ""
    args: list[str | int] = field(default_factory=list)


def subject_of(request: TrainingRequest) -> str:
    """What the request is about: the title of the sheet, or that it is for a team."""
    sheet = page_for_module(request.module, current_language())
    if sheet is not None:
        return str(sheet.title)
    return request.module.name if request.module else _("a training for your team")


def step_of(request: TrainingRequest, *, now: datetime.datetime) -> Step:
    """One step a status, two where it matters whose turn it is."""
    proposal = current_proposal(request) if request.status == RequestStatus.PROPOSAL else None
    match request.status:
        case RequestStatus.RECEIVED:
            return Step(
                _("We have received your request"),
                [_("A coordinator reads it and writes to you."), _("You can already tell us more about what your team needs.")],
                "tell_needs",
                _("Tell us more"),
                [request.token],
            )
        case RequestStatus.ANALYSIS:
            return _analysis(request)
        case RequestStatus.PROPOSAL if proposal:
            return _proposal(request, proposal, timezone.localdate(now))
        case RequestStatus.ACCEPTED:
            return Step(
                _("You have accepted our proposal"),
                [_("Thank you. A coordinator plans the meetings and writes to you once they are fixed.")],
            )
        case RequestStatus.PLANNED:
            return Step(
                _("Your training is planned"),
                [
                    _("Give us the names of those who take part, or share the link with them: each gets a mail with dates and place."),
                    _("You can do so until the first meeting begins."),
                ],
                "request_people",
                _("Give the names"),
                [request.token],
            )
        case RequestStatus.DONE:
            return Step(
                _("Your training is over"),
                [_("Thank you for your trust."), _("Whoever attended gets a certificate by mail once we have issued it.")],
            )
    return _ended(request)


def _analysis(request: TrainingRequest) -> Step:
    if not request.has_told_needs:
        asked = request.answer_set
        return Step(
            _("Tell us what your team needs"),
            [_("We would like to know a little more before we propose something. Ten minutes are enough.")],
            "answer" if asked else "tell_needs",
            _("Answer our questions") if asked else _("Tell us more"),
            [asked.token if asked else request.token],
        )
    latest = request.transitions.order_by("-at", "-pk").first()
    if latest and latest.reason == RequestNote.CHANGES_ASKED:
        return Step(_("We change our proposal"), [_("We have read what should be different, and write to you with a new version.")])
    return Step(_("We prepare a proposal"), [_("Thank you for your answers. We write to you when our proposal is ready.")])


def _proposal(request: TrainingRequest, proposal: Proposal, today: datetime.date) -> Step:
    day = {"day": written(proposal.valid_until)}
    if proposal.valid_until < today:
        sentences = [_("It was valid until %(day)s.") % day, _("Are you still interested? Ask us for a new version.")]
        return Step(_("Our proposal is out of date"), sentences, "ask_for_changes", _("Ask for a new version"), [request.token])
    sentences = [
        _("It is valid until %(day)s.") % day,
        _("You can accept it, ask for changes, or withdraw your request. Nothing is decided until you press a button."),
    ]
    return Step(_("Our proposal is ready"), sentences, "read_proposal", _("Read the proposal"), [request.token, proposal.version])


def _ended(request: TrainingRequest) -> Step:
    latest = request.transitions.filter(to_status__in=ENDS).order_by("-at", "-pk").first()
    # A colleague's words; what was typed behind a link is for the history only.
    reason = [latest.reason] if latest and latest.by_id and latest.reason else []
    if request.status == RequestStatus.DECLINED:
        return Step(_("We cannot give this training"), [*reason, _("Write to us if you would like to talk about it.")])
    return Step(_("The request is withdrawn"), [*reason, _("Nothing more happens. You can send a new request at any time.")])
