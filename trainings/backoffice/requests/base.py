"""What the listing, the page and the actions of a request share."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import RowsMixin
from core.lifecycle.transitions import TransitionNotAllowed
from trainings.backoffice.permissions import HANDLE_REQUESTS
from trainings.backoffice.refusals import SESSION_REFUSALS
from trainings.backoffice.trainers.words import double_booking_text
from trainings.models import TrainingRequest
from trainings.planning.sessions import CannotChangeSession
from trainings.questionnaires.answer import NothingToAnswer
from trainings.requests.proposals import CannotPropose, ProposalRefusal
from trainings.requests.selectors import requests_with_turn
from trainings.requests.steps import SessionsStand
from trainings.trainers.booking import DoubleBooked

PROPOSAL_REFUSALS: dict[ProposalRefusal, Promise] = {
    ProposalRefusal.NOT_NOW: _("The status of this request does not allow this step."),
    ProposalRefusal.NO_DRAFT: _("There is no draft to send: write the proposal first."),
    ProposalRefusal.OUT_OF_DATE: _("The last day of its validity is over: write another day first."),
    ProposalRefusal.OTHER_VERSION: _("There is a newer version of this proposal."),
}

SESSIONS_STAND = _("Sessions are still to come: cancel them first, with a word to the people in them. %(sessions)s")
GETS_A_MAIL = _("%(name)s gets a mail.")


class RequestRows(RowsMixin):
    """All requests, with whose turn it is."""

    def rows_for(self, user: Any) -> QuerySet[TrainingRequest]:
        return requests_with_turn(clock.today())


class RequestActionView(RequestRows, ObjectActionView[TrainingRequest]):
    """An action on one request."""

    model = TrainingRequest
    viewset_name = "trainings_requests"
    permission = HANDLE_REQUESTS
    header_icon = "mail"
    refusals: ClassVar = {
        TransitionNotAllowed: _("The status of this request does not allow this step."),
        NothingToAnswer: _("No version of this questionnaire is open."),
        CannotPropose: lambda refusal: PROPOSAL_REFUSALS[refusal.reason],
        DoubleBooked: double_booking_text,
        CannotChangeSession: lambda refusal: SESSION_REFUSALS[refusal.reason],
        SessionsStand: lambda refusal: SESSIONS_STAND % {"sessions": ", ".join(str(each) for each in refusal.sessions)},
    }

    def log_title(self) -> str:
        return self.object.reference

    def mail_notice(self) -> str:
        """`Dominique gets a mail.`"""
        return str(GETS_A_MAIL) % {"name": self.object.name}
