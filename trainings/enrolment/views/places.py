"""A place goes to a colleague: by the contact of her group, or by whoever has it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from core import clock
from core.views.private import link_unknown
from trainings.enrolment.enrol import EnrolmentChanges, change_enrolment, why_closed
from trainings.enrolment.groups.forms import ColleagueForm, GroupForm
from trainings.enrolment.groups.people import AlreadyEnrolled, Colleague, NotReplaceable
from trainings.enrolment.groups.places import give_place
from trainings.enrolment.groups.selectors import places_of
from trainings.enrolment.views.enrol import unavailable
from trainings.enrolment.views.groups import FORM, GroupActionView, enrol_all, group_form_context
from trainings.enrolment.views.manage import EnrolmentActionView
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment
from trainings.sessions.upcoming import session_to_enrol


class PlaceView(GroupActionView):
    """The contact names who comes, corrects a name, or gives the place to another colleague."""

    template_name = "trainings/groups/place.html"
    form_class = ColleagueForm
    place: Enrolment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.reference = kwargs["reference"]
        return super().dispatch(request, *args, **kwargs)

    def instead_of_form(self) -> HttpResponse | None:
        found = next((each for each in places_of(self.row) if each.enrolment.reference == self.reference), None)
        if found is None:
            return link_unknown(self.request)
        if not found.is_active:
            return self.done()  # pressed twice: somebody else has the place already
        self.place = found.enrolment
        return super().instead_of_form()

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {"place": self.place}

    def form_kwargs(self) -> dict[str, Any]:
        place = self.place
        told = {} if place.is_unnamed else {"name": place.name, "email": place.email, "function": place.function}
        return {"initial": told | {"language": place.language}}

    def act(self, form: Any) -> HttpResponse:
        to: Colleague = form.colleague()
        if not self.place.is_unnamed and to.email == self.place.email:
            change_enrolment(enrolment=self.place, changes=_corrected(self.place, to), now=form.now)
            messages.success(self.request, _("The details are changed."))
            return self.done()
        return give(self, form, self.place) or self.done()


class ReplaceMeView(EnrolmentActionView):
    """Whoever cannot come gives her place to a colleague: nobody who waits falls behind, nothing is asked twice."""

    template_name = "trainings/groups/replace_me.html"
    form_class = ColleagueForm

    def instead_of_form(self) -> HttpResponse | None:
        if self.request.method == "POST" and self.row.status == EnrolmentStatus.CANCELLED:
            return self.done()  # pressed twice
        return super().instead_of_form()

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"language": self.row.language}}

    def act(self, form: Any) -> HttpResponse:
        return give(self, form, self.row) or self.done()


class BringColleaguesView(EnrolmentActionView):
    """Whoever is enrolled enrols colleagues: what she told of herself is filled in already."""

    template_name = FORM
    form_class = GroupForm

    def instead_of_form(self) -> HttpResponse | None:
        self.session = session_to_enrol(self.row.session.reference, now=clock.now()) or self.row.session
        refusal = why_closed(self.session, clock.now())
        return unavailable(self.request, self.session, refusal) if refusal else super().instead_of_form()

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | group_form_context(self.session, clock.now())

    def form_kwargs(self) -> dict[str, Any]:
        mine = self.row
        told = {"name": mine.name, "email": mine.email, "function": mine.function, "organisation": mine.organisation_label}
        # She has a place of her own already.
        more = {"sector": mine.sector_id, "language": mine.language, "takes_part": False}
        return {"session": self.session, "initial": told | more}

    def act(self, form: Any) -> HttpResponse:
        return enrol_all(self.request, self.session, form)


def give(view: Any, form: Any, place: Enrolment) -> HttpResponse | None:
    """Calls the service; the form again where it refuses."""
    to: Colleague = form.colleague()
    try:
        give_place(enrolment=place, to=to, now=clock.now())
    except AlreadyEnrolled:
        form.add_error("email", _("This address has a place in this session already."))
        return view.page(form=form, status=422)
    except NotReplaceable:
        form.add_error(None, _("This place can no longer go to somebody else. Write to us if something is wrong."))
        return view.page(form=form, status=422)
    messages.success(view.request, _("The place is now that of %(name)s. We have written to both.") % {"name": to.name})
    return None


def _corrected(place: Enrolment, to: Colleague) -> EnrolmentChanges:
    return EnrolmentChanges(
        name=to.name,
        function=to.function,
        organisation=place.organisation,
        organisation_name=place.organisation_name,
        sector=place.sector,
        care_zone=place.care_zone,
        language=to.language,
        access_needs=place.access_needs,
    )
