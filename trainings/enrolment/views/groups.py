"""Colleagues enrolled in one go: the form, its receipt, and the contact's link. GET shows, POST acts."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.languages import current_language
from core.views.private import link_unknown, private_page
from core.views.token import TokenActionView, TokenView
from core.web.receipts import SignedReceipt
from trainings.enrolment.cancel import CannotCancel
from trainings.enrolment.enrol import CannotEnrol, why_closed
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.forms import CancelPlacesForm, GroupForm
from trainings.enrolment.groups.mode import held_together_until, serve_as_many_as_fit
from trainings.enrolment.groups.places import accept_for_group, cancel_places
from trainings.enrolment.groups.selectors import group_of_token, places_of
from trainings.enrolment.groups.words import GroupWords, Place
from trainings.enrolment.views.enrol import form_context, unavailable
from trainings.enums import EnrolmentStatus
from trainings.models import EnrolmentGroup, Session
from trainings.sessions.titles import page_for_module
from trainings.sessions.upcoming import session_to_enrol

FORM = "trainings/groups/enrol.html"


@dataclass(frozen=True, slots=True)
class GroupReceipt(SignedReceipt):
    """The session, how many seats and places on the list the answer gave, and the time, as a timestamp."""

    salt = "trainings.group_receipt"

    session_reference: str
    seats: int
    waiting: int
    answered: int

    @property
    def answered_at(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.answered, datetime.UTC)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol_colleagues(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a group, below the practical details of the session."""
    session = session_to_enrol(reference, now=clock.now())
    if session is None:
        return link_unknown(request)
    now = clock.now()
    refusal = why_closed(session, now) if request.method != "POST" else None
    if refusal:
        return unavailable(request, session, refusal)
    form = GroupForm(request.POST if request.method == "POST" else None, request=request, session=session)
    if form.is_bound and form.is_valid():
        return enrol_all(request, session, form)
    context = group_form_context(session, now) | {"form": form}
    return TemplateResponse(request, FORM, context, status=422 if form.errors else 200)


def enrol_all(request: HttpRequest, session: Session, form: GroupForm) -> HttpResponse:
    """Calls the service with a valid form; the receipt, or why not."""
    try:
        outcome = enrol_group(session_id=session.pk, group=form.group_data(), now=form.now)
    except CannotEnrol as error:
        return unavailable(request, session, error.reason)
    messages.success(request, _("We have written to %(email)s.") % {"email": form.cleaned_data["email"]})
    receipt = GroupReceipt(session.reference, outcome.seats, outcome.waiting, int(form.now.timestamp()))
    return redirect("trainings:colleagues_enrolled", receipt=receipt.sign())


def group_form_context(session: Session, now: datetime.datetime) -> dict[str, object]:
    """What the page of the form says before anything is typed."""
    return form_context(session) | {"held_until": held_together_until(session, now)}


@require_safe
@private_page
def colleagues_enrolled(request: HttpRequest, receipt: str) -> HttpResponse:
    """The answer, and what happens next. Shows no personal data."""
    answered = GroupReceipt.read(receipt)
    session = session_to_enrol(answered.session_reference, now=clock.now()) if answered else None
    if answered is None or session is None:
        return link_unknown(request)
    told = {"receipt": answered, "sender": settings.DEFAULT_FROM_EMAIL}
    return TemplateResponse(request, "trainings/groups/enrolled.html", form_context(session) | told)


class GroupView(TokenView[EnrolmentGroup]):
    """Where all stand, and what the contact can do."""

    template_name = "trainings/groups/group.html"

    def find(self, token: str) -> EnrolmentGroup | None:
        return group_of_token(token)

    def get_context(self) -> dict[str, Any]:
        session, now = self.row.session, clock.now()
        sheet = page_for_module(session.module, current_language()) if session.module else None
        places = places_of(self.row)
        return {
            "group": self.row,
            "session": session,
            "module": session.module,
            "sheet": sheet,
            "session_title": sheet.title if sheet else session.name,
            "places": places,
            "words": GroupWords(self.row, session, places, now),
            "can_change": self.can_change(),
        }

    def can_change(self) -> bool:
        """Until the latest meeting is over."""
        ends_at = self.row.session.ends_at
        return self.row.session.status != "cancelled" and (ends_at is None or ends_at > clock.now())

    def active_places(self) -> list[Place]:
        return [each for each in places_of(self.row) if each.is_active]

    def done(self) -> HttpResponse:
        return redirect("trainings:group", token=self.token)


class GroupActionView(GroupView, TokenActionView[EnrolmentGroup]):
    """An action of the contact, until the latest meeting is over."""

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.can_change() else self.done()


class AcceptGroupOfferView(GroupActionView):
    """The button that takes the seats for all. After the deadline it is the button that says: we still want them."""

    template_name = "trainings/groups/accept.html"

    def instead_of_form(self) -> HttpResponse | None:
        words: GroupWords = self.get_context()["words"]
        return super().instead_of_form() if words.is_waiting and (words.offered or words.overdue) else self.done()

    def act(self, form: Any) -> HttpResponse:
        answered = accept_for_group(group=self.row, now=form.now)
        if any(each.status == EnrolmentStatus.WAITING for each in answered):
            messages.warning(self.request, _("That offer is over. You wait again, at the end of the list."))
        return self.done()


class CancelPlacesView(GroupActionView):
    """One, some or all places are given back."""

    template_name = "trainings/groups/cancel.html"
    form_class = CancelPlacesForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": self.active_places()}

    def instead_of_form(self) -> HttpResponse | None:
        chosen = set(self.request.POST.getlist("places"))
        active = {each.enrolment.reference for each in self.active_places()}
        cancelled = {each.enrolment.reference for each in places_of(self.row)} - active
        was_pressed_twice = bool(chosen) and chosen <= cancelled
        return super().instead_of_form() if active and not was_pressed_twice else self.done()

    def act(self, form: Any) -> HttpResponse:
        try:
            count = cancel_places(group=self.row, places=form.chosen(), now=form.now)
        except CannotCancel:
            return self.done()
        text = ngettext("%(count)s place is cancelled.", "%(count)s places are cancelled.", count)
        messages.success(self.request, text % {"count": count})
        return self.done()


class OneByOneView(GroupActionView):
    """The contact no longer insists on all seats at once."""

    template_name = "trainings/groups/one_by_one.html"

    def instead_of_form(self) -> HttpResponse | None:
        return super().instead_of_form() if self.row.is_together and self.get_context()["words"].is_waiting else self.done()

    def act(self, form: Any) -> HttpResponse:
        serve_as_many_as_fit(group=self.row, now=form.now)
        return self.done()
