"""Enrolments in the admin: the listing, one with its history and mails, a new one taken by phone."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import NextStep
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen
from core.models import OutgoingMail
from trainings.backoffice.enrolment.base import EnrolmentRows
from trainings.backoffice.forms import EnrolByHandForm, sessions_to_come
from trainings.backoffice.permissions import (
    ADD_ENROLMENTS,
    CHANGE_ENROLMENTS,
    ISSUE_CERTIFICATES,
    REQUEST_PAYMENTS,
    VIEW_PARTICIPANTS,
    can_read_access_needs,
    sessions_for,
)
from trainings.backoffice.refusals import ENROL_REFUSALS
from trainings.enrolment.enrol import CannotEnrol, enrol_participant
from trainings.enums import ACTIVE, HOLDING, HOPING, EnrolmentStatus, Phase
from trainings.models import Certificate, Enrolment, Session, TeamLead
from trainings.sessions.seat_counts import waiting_rank

CONTACT = "participant.email"


class EnrolmentIndexView(EnrolmentRows, IndexView):
    """Access needs are neither shown, searched nor exported."""

    default_ordering = "-created_at"
    list_display = (
        "name",
        Column("session", label=gettext_lazy("Session"), accessor="session.name"),
        status_column(EnrolmentStatus.CONFIRMED),
        Column("organisation", label=gettext_lazy("Organisation"), accessor="organisation_label"),
        Column("sector", label=gettext_lazy("Sector"), accessor=lambda row: row.sector.name if row.sector else "–"),
        "language",
        DayColumn("created_at", label=gettext_lazy("Enrolled"), sort_key="created_at"),
    )
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "session.reference": gettext_lazy("Reference of the session"),
        "session.name": gettext_lazy("Session"),
        "session.module.number": gettext_lazy("Module"),
        "session_starts_at": gettext_lazy("First meeting"),
        "meeting_count": gettext_lazy("Meetings"),
        "meetings_attended": gettext_lazy("Meetings attended"),
        "hours_attended": gettext_lazy("Hours attended"),
        "get_status_display": gettext_lazy("Status"),
        CONTACT: gettext_lazy("E-mail address"),
        "organisation_label": gettext_lazy("Organisation"),
        "sector.name": gettext_lazy("Sector"),
        "get_language_display": gettext_lazy("Language"),
    }

    @cached_property
    def search_fields(self) -> list[str]:
        fields = ["name", "reference"]
        return [*fields, "participant__email"] if self._sees_emails else fields

    @cached_property
    def list_export(self) -> list[str]:
        columns = ["reference", "session.reference", "session.module.number", "session.name", "session_starts_at", "get_status_display"]
        columns += ["name", CONTACT, "function", "organisation_label", "sector.name", "get_language_display", "created_at"]
        columns += ["meeting_count", "meetings_attended", "hours_attended"]
        return columns if self._sees_emails else [each for each in columns if each != CONTACT]

    def get_base_queryset(self) -> Any:
        """Presence is counted where it is shown: in the spreadsheet."""
        rows: Any = super().get_base_queryset()
        return rows.with_attendance() if self.is_export else rows

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        setattr(item, "hours_attended", round(item.minutes_attended / 60, 2))  # noqa: B010 (a column of the spreadsheet)
        return super().to_row_dict(item)

    @property
    def _sees_emails(self) -> bool:
        return bool(self.request.user.has_perm(VIEW_PARTICIPANTS))


class EnrolmentInspectView(EnrolmentRows, InspectView):
    """One enrolment: what is known, what happened, which mails went out and whether they arrived."""

    template_name = "trainings/backoffice/enrolment_inspect.html"
    page_title = gettext_lazy("Enrolment")

    @cached_property
    def header_buttons(self) -> list[Any]:
        changes = self.request.user.has_perm(CHANGE_ENROLMENTS) and self.object.status in ACTIVE
        # Of a place whose name follows, the contact gives name and address.
        can_write_to = self.request.user.has_perm(VIEW_PARTICIPANTS) and not self.object.is_unnamed
        steps = [
            (changes, _("Correct"), "change_enrolment", "edit"),
            (changes and can_write_to, _("Correct the address"), "correct_email", "mail"),
            (self.request.user.has_perm(REQUEST_PAYMENTS), _("Ask for payment"), "request_payment", "doc-full"),
        ]
        return self.action_buttons(steps, HeaderButton)

    def next_step(self) -> NextStep | None:
        """Give the seat to somebody who waits; attest what somebody attended."""
        can, now = self.request.user.has_perm, clock.now()
        phase = self.object.session.phase(now)
        if can(CHANGE_ENROLMENTS) and self.object.status in HOPING and phase != Phase.OVER:
            return NextStep(label=_("Give a seat"), url=self.action_url("confirm_enrolment"), icon="check")
        is_attested = Certificate.objects.filter(enrolment=self.object).exists()
        attended = self.object.attendances.filter(minutes__gt=0).exists()
        if can(ISSUE_CERTIFICATES) and phase == Phase.OVER and attended and not is_attested:
            return NextStep(label=_("Issue the certificate"), url=self.action_url("issue_certificate"), icon="doc-full")
        return None

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        status, can = self.object.status, self.request.user.has_perm
        changes, confirmed, active = can(CHANGE_ENROLMENTS), status == EnrolmentStatus.CONFIRMED, status in ACTIVE
        steps = [
            (changes and active, _("Move to another session"), "move_enrolment", "redirect"),
            (changes and status in HOLDING, _("Put on the waiting list"), "move_to_waiting", "time"),
            (changes, _("Send the mail again"), "resend_mail", "mail"),
            (can(ISSUE_CERTIFICATES) and confirmed, _("Issue the certificate"), "issue_certificate", "doc-full"),
            (changes and confirmed, _("Note the team lead"), "note_team_lead", "user"),
            (changes and active, _("Cancel the enrolment"), "cancel_enrolment", "circle-xmark"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sees_contact = user.has_perm(VIEW_PARTICIPANTS)
        reads = can_read_access_needs(user, self.object.session)
        return super().get_context_data(**kwargs) | {
            "rank": waiting_rank(self.object),
            "colleagues": Enrolment.objects.filter(group=self.object.group_id).exclude(pk=self.object.pk) if self.object.group_id else [],
            "transitions": self.object.transitions.select_related("by"),
            "attendances": self.object.attendances.select_related("meeting").order_by("meeting__starts_at"),
            "certificate": Certificate.objects.filter(enrolment=self.object).first(),
            "team_lead": TeamLead.objects.filter(enrolment=self.object).first() if sees_contact else None,
            "sees_contact": sees_contact,
            "mails": OutgoingMail.objects.about_row(self.object) if sees_contact else [],
            "reads_access_needs": reads,
            "flags_access_needs": bool(self.object.access_needs) and not reads and user.has_perm(CHANGE_ENROLMENTS),
        }


class AddEnrolmentView(ListingScreen, ConfirmView):
    """Somebody calls: the same service as the public form, without its protections against robots."""

    model = Enrolment
    viewset_name = "trainings_enrolments"
    permission = ADD_ENROLMENTS
    form_class = EnrolByHandForm
    page_title = gettext_lazy("Enrol somebody")
    action_label = gettext_lazy("Enrol")
    header_icon = "user"

    def get_form_kwargs(self) -> dict[str, Any]:
        sessions = sessions_to_come(sessions_for(self.request.user), clock.now())
        return super().get_form_kwargs() | {"sessions": sessions}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("session", "")
        return {"session": asked if asked.isdecimal() and len(asked) < 19 else None}

    def effects(self) -> Sequence[str]:
        return [_("The person gets a seat, or a place on the waiting list when the session is full, and a mail that says which.")]

    def form_valid(self, form: Any) -> HttpResponse:
        session: Session = form.cleaned_data["session"]
        try:
            outcome = enrol_participant(session_id=session.pk, person=form.person(), now=clock.now())
        except CannotEnrol as refusal:
            form.add_error(None, str(ENROL_REFUSALS[refusal.reason]))
            return self.form_invalid(form)
        enrolment = outcome.enrolment
        if outcome.was_already_enrolled:
            messages.warning(self.request, _("This address was enrolled in the session already: nothing was changed."))
        else:
            log(enrolment, "trainings.add_enrolment", user=staff(self.request), title=enrolment.reference)
            messages.success(self.request, self._result_message(enrolment))
        return redirect(reverse("trainings_enrolments:inspect", args=[enrolment.pk]))

    def _result_message(self, enrolment: Enrolment) -> str:
        if enrolment.status == EnrolmentStatus.CONFIRMED:
            return _("The person is enrolled and has a seat.")
        return _("The person is enrolled and on the waiting list: number %(rank)s.") % {"rank": waiting_rank(enrolment)}
