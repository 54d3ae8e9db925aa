"""Sessions in the admin: the listing, one session, its form."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.versions.views import EditView
from trainings.backoffice.forms import TOO_FEW_SEATS
from trainings.backoffice.mailings.panel import mails_of_session
from trainings.backoffice.permissions import (
    ADD_ENROLMENTS,
    ADD_SESSIONS,
    CHANGE_ENROLMENTS,
    EXPORT_ACCREDITATION,
    ISSUE_CERTIFICATES,
    MARK_ATTENDANCE,
    RUN_SESSIONS,
    VIEW_ENROLMENTS,
    VIEW_EVALUATIONS,
    can_read_access_needs,
)
from trainings.backoffice.sessions.base import SessionRows
from trainings.backoffice.sessions.gaps import gaps_of
from trainings.backoffice.sessions.next_step import next_step_of
from trainings.backoffice.sessions.seat_gaps import seat_gaps_of
from trainings.backoffice.trainers.words import double_booking_text, pair_gaps_of
from trainings.enrolment.announce import note_new_meetings
from trainings.enrolment.offers.overdue import settle_session
from trainings.enums import ACTIVE, SESSION_TRANSITIONS, Phase, SessionStatus
from trainings.models import Cycle, Module, Session
from trainings.planning.sessions import TooFewSeats, set_capacity
from trainings.sessions.seat_words import SeatWords
from trainings.trainers.booking import DoubleBooked, refuse_double_booking

# What people have in their calendars: when it changes they should hear of it.
TOLD = {"delivery", "venue", "online_url"}


class SeatsColumn(FigureColumn):
    """`12/15`, how many seats are offered, and how many people wait."""

    def get_value(self, instance: Any) -> str:
        parts = [f"{instance.confirmed_count}/{instance.capacity}"]
        if instance.offered_count:
            parts.append(_("%(count)s offered") % {"count": instance.offered_count})
        if instance.waiting_count:
            parts.append(ngettext("%(count)s waiting", "%(count)s waiting", instance.waiting_count) % {"count": instance.waiting_count})
        return " · ".join(parts)


class RollsColumn(StatusTagColumn):
    """How many roll calls are still to do; nothing where none is."""

    cell_template_name = "trainings/backoffice/parts/rolls_cell.html"

    def get_value(self, instance: Any) -> str:
        count: int = instance.rolls_due
        return ngettext("%(count)s to do", "%(count)s to do", count) % {"count": count} if count else ""


class SessionIndexView(SessionRows, IndexView):
    """Unless a column is chosen, the next ones come first."""

    default_ordering = "starts_at"
    list_display = (
        TitleColumn("name", label=gettext_lazy("Session"), url_name="trainings_sessions:inspect"),
        Column("reference", label=gettext_lazy("Reference"), sort_key="reference"),
        DayColumn("starts_at", label=gettext_lazy("Begins"), sort_key="starts_at"),
        "language",
        Column("venue", label=gettext_lazy("Venue"), accessor=lambda row: row.venue or row.get_delivery_display()),
        SeatsColumn("seats", label=gettext_lazy("Seats"), sort_key="confirmed_count"),
        status_column(SessionStatus.PUBLISHED),
        RollsColumn("rolls_due", label=gettext_lazy("Roll calls to do"), sort_key="rolls_due"),
    )

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm(MARK_ATTENDANCE):
            buttons.append(HeaderButton(_("My sessions"), url=reverse("trainings_backoffice:own_sessions"), icon_name="glasses"))
        return buttons

    def order_queryset(self, queryset: Any) -> Any:
        return super().order_queryset(queryset) if "ordering" in self.request.GET else queryset.next_first(clock.now())


class SessionInspectView(SessionRows, InspectView):
    """The page of one session: its meetings, its people, its next steps."""

    template_name = "trainings/backoffice/session_inspect.html"
    page_title = gettext_lazy("Session")

    @cached_property
    def now(self) -> datetime.datetime:
        return clock.now()

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = []
        if edit_url := self.get_edit_url():
            buttons.append(HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=10))
        if self.request.user.has_perm(VIEW_ENROLMENTS):
            url = f"{reverse('trainings_enrolments:index')}?session={self.object.pk}"
            buttons.append(HeaderButton(_("Enrolments"), url=url, icon_name="group", priority=20))
        return buttons

    def gaps(self) -> list[Gap]:
        """What it lacks while that can still be mended, and why free seats are offered to nobody."""
        is_live = self.object.status in {SessionStatus.DRAFT, SessionStatus.PUBLISHED}
        runs = self.request.user.has_perm(RUN_SESSIONS)
        lacks = gaps_of(self.object, now=self.now) if runs and is_live and self.object.phase(self.now) == Phase.TO_COME else []
        lacks += pair_gaps_of(self.object) if runs and is_live and self.object.phase(self.now) == Phase.TO_COME else []
        return lacks + (seat_gaps_of(self.object, now=self.now) if self.request.user.has_perm(CHANGE_ENROLMENTS) else [])

    def next_step(self) -> NextStep | None:
        return next_step_of(self.object, self.request.user, now=self.now)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The steps this session can take, for those who may take them."""
        allowed = SESSION_TRANSITIONS[self.object.status]
        can = self.request.user.has_perm
        runs = can(RUN_SESSIONS)
        active = self.object.status in {SessionStatus.PUBLISHED, SessionStatus.CLOSED}
        steps = [
            (runs and SessionStatus.PUBLISHED in allowed, _("Publish"), "publish_session", "upload"),
            (can(ADD_ENROLMENTS) and self.object.status == SessionStatus.PUBLISHED, _("Enrol somebody"), "add_enrolment", "plus"),
            (runs and active, _("Tell people of a change"), "tell_change", "mail"),
            (runs and active, _("Write to people"), "write_message", "mail"),
            (can(ISSUE_CERTIFICATES) and active, _("Issue certificates"), "issue_certificates", "doc-full"),
            (can(VIEW_EVALUATIONS) and self.object.phase(self.now) != Phase.TO_COME, _("Evaluation"), "evaluation", "clipboard-list"),
            (can(ADD_SESSIONS), _("Duplicate"), "duplicate_session", "copy"),
            (runs and SessionStatus.CLOSED in allowed, _("Close"), "close_session", "lock"),
            (runs and SessionStatus.CANCELLED in allowed, _("Cancel the session"), "cancel_session", "circle-xmark"),
            (bool(self.get_delete_url()) and self.object.status == SessionStatus.DRAFT, _("Delete"), "delete", "bin"),
        ]
        return self.action_buttons(steps)

    def action_url(self, name: str) -> str:
        if name == "delete":
            return str(self.get_delete_url())
        if name == "add_enrolment":
            return f"{reverse('trainings_enrolments:add')}?session={self.object.pk}"
        if name == "evaluation":
            return f"{reverse('trainings_backoffice:evaluation')}?session={self.object.pk}"
        return super().action_url(name)

    def _offers(self) -> Any:
        """Whose answer is waited for; by name for those who may see names."""
        sees = self.request.user.has_perm(VIEW_ENROLMENTS) and self.object.status != SessionStatus.DRAFT
        return self.object.enrolments.offered().known().order_by("answer_by", "pk") if sees else []

    def _groups(self) -> Any:
        """Colleagues who came together; their contact by name for those who may see names."""
        if not self.request.user.has_perm(VIEW_ENROLMENTS):
            return []
        active = Count("enrolments", filter=Q(enrolments__status__in=ACTIVE))
        unnamed = Count("enrolments", filter=Q(enrolments__status__in=ACTIVE, enrolments__participant=None, enrolments__erased_at=None))
        return self.object.groups.annotate(active_count=active, unnamed_count=unnamed).filter(active_count__gt=0)

    @property
    def _flags_access_needs(self) -> bool:
        """Whoever chooses the room knows that it matters; what is needed is read by the trainers of the session."""
        can = self.request.user.has_perm
        return can(RUN_SESSIONS) or can(CHANGE_ENROLMENTS) or can_read_access_needs(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meetings": self.object.meetings.all(),
            "trainers": self.object.trainers.all(),
            "offers": self._offers(),
            "groups": self._groups(),
            "rules": SeatWords(self.object, self.now),
            "with_access_needs": self.object.enrolments.active().with_access_needs().count() if self._flags_access_needs else 0,
            "mails": mails_of_session(self.object, self.request.user, now=self.now),
            "now": self.now,
            "can_mark": self.request.user.has_perm(MARK_ATTENDANCE),
            "can_export_accreditation": self.object.is_accredited and self.request.user.has_perm(EXPORT_ACCREDITATION),
            "can_print": self.request.user.has_perm(VIEW_ENROLMENTS),
        }


class RefusesDoubleBookings:
    """A form that would put a trainer in two rooms at once comes back and says where she is."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                if "trainers" in form.changed_data or form.formsets["meetings"].has_changed():
                    refuse_double_booking(self.object)  # type: ignore[attr-defined]
        except DoubleBooked as refusal:
            form.add_error("trainers", double_booking_text(refusal))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class SessionCreateView(RefusesDoubleBookings, generic.CreateView):
    """A new session is a draft; its page says what comes next. `?module=` and `?cycle=`: planned from the screen of that one."""

    def get_initial_form_instance(self) -> Session | None:
        module, cycle = self.request.GET.get("module", ""), self.request.GET.get("cycle", "")
        found = Cycle.objects.filter(pk=cycle).first() if cycle.isdecimal() else None
        if found is not None:
            return Session(cycle=found, kind=found.kind)
        return Session(module=Module.objects.filter(pk=module).first()) if module.isdecimal() else None

    def get_success_url(self) -> str:
        return reverse("trainings_sessions:inspect", args=[self.object.pk])


class SessionEditView(RefusesDoubleBookings, EditView):
    """The form of a session. Seats go through their service, under the lock that enrolments take."""

    def get_success_url(self) -> str:
        return reverse("trainings_sessions:inspect", args=[self.object.pk])

    def save_instance(self) -> Session:
        session: Session = self.form.instance
        current = set_capacity(session=session, capacity=session.capacity)
        # What actions and services decide is taken as it is now, not as it was when the form was opened.
        session.status = current.status
        saved: Session = super().save_instance()
        note_new_meetings(saved, now=clock.now())
        settle_session(session_id=saved.pk, now=clock.now())
        return saved

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except TooFewSeats as refusal:
            form.add_error("capacity", str(TOO_FEW_SEATS) % {"count": refusal.taken})
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return response

    def get_success_buttons(self) -> list[Any]:
        buttons = list(super().get_success_buttons())
        if self._has_news() and self.object.status == SessionStatus.PUBLISHED:
            url = reverse("trainings_backoffice:tell_change", args=[self.object.pk])
            buttons.append(messages.button(url, _("Tell people of the change")))
        return buttons

    def _has_news(self) -> bool:
        formset = self.form.formsets["meetings"]
        return bool(TOLD & set(self.form.changed_data)) or formset.has_changed()
