"""The links of an offer: take the seat, or leave it. GET shows the offer, POST answers it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.views.token import TokenActionView
from trainings.enrolment.offers.answer import accept_offer, refuse_offer
from trainings.enrolment.views.manage import EnrolmentView
from trainings.enums import EnrolmentStatus, Phase
from trainings.models import Enrolment


class OfferView(EnrolmentView, TokenActionView[Enrolment]):
    """Where there is nothing to answer (any more), the page of the enrolment says where the person stands.

    Of a group that is served as one, the contact answers.
    """

    answerable = (EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED)

    def instead_of_form(self) -> HttpResponse | None:
        if self.row.is_answered_by_contact:
            return self.done()
        is_open = self.row.status in self.answerable and self.get_context()["phase"] == Phase.TO_COME
        return None if is_open else self.done()

    def done(self) -> HttpResponse:
        return redirect("trainings:manage_enrolment", token=self.token)


class AcceptOfferView(OfferView):
    """The button that takes the seat. After the deadline it is the button that says: I still want one."""

    template_name = "trainings/accept_offer.html"

    def act(self, form: Any) -> HttpResponse:
        answered = accept_offer(enrolment=self.row, now=form.now)
        if answered.status == EnrolmentStatus.WAITING:
            messages.warning(self.request, _("That offer is over. You wait again, at the end of the list."))
        elif answered.status == EnrolmentStatus.OFFERED:
            messages.warning(self.request, _("That offer was over. Nobody else waits for the seat, so it is offered to you once more."))
        return self.done()


class RefuseOfferView(OfferView):
    """The button that leaves the seat to the next person."""

    template_name = "trainings/refuse_offer.html"

    def act(self, form: Any) -> HttpResponse:
        refuse_offer(enrolment=self.row, now=form.now)
        return self.done()
