"""Enrolments: the listing, one of them with its history and its mails, a new one by phone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, IndexView, OwnInspectView, OwnRowsMixin
from core.models import OutgoingMail
from trainings.backoffice.forms import EnrolByHandForm, sessions_to_come
from trainings.backoffice.permissions import (
    ADD_ENROLMENTS,
    CHANGE_ENROLMENTS,
    ISSUE_CERTIFICATES,
    VIEW_PARTICIPANTS,
    can_read_access_needs,
    enrolments_for,
    sessions_for,
)
from trainings.backoffice.refusals import ENROL_REFUSALS
from trainings.enrolment.enrol import CannotEnrol, enrol_participant
from trainings.enums import ACTIVE, EnrolmentStatus
from trainings.models import Certificate, Enrolment, Session
from trainings.sessions.seat_counts import waiting_rank

CONTACT = "participant.email"


class EnrolmentIndexView(OwnRowsMixin, IndexView):
    """All enrolments, or those of a trainer's own sessions. Access needs are neither shown, searched nor exported."""

    default_ordering = "-created_at"
    is_searchable = True
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "session.reference": gettext_lazy("Reference of the session"),
        "session.name": gettext_lazy("Session"),
        "get_status_display": gettext_lazy("Status"),
        CONTACT: gettext_lazy("E-mail address"),
        "organisation_label": gettext_lazy("Organisation"),
        "sector.name": gettext_lazy("Sector"),
        "get_language_display": gettext_lazy("Language"),
    }

    def rows_for(self, user: Any) -> QuerySet[Enrolment]:
        return enrolments_for(user).select_related("session__module", "participant", "organisation", "sector")

    @cached_property
    def search_fields(self) -> list[str]:
        fields = ["name", "reference"]
        return [*fields, "participant__email"] if self._sees_addresses else fields

    @cached_property
    def list_export(self) -> list[str]:
        columns = ["reference", "session.reference", "session.name", "get_status_display", "name", CONTACT]
        columns += ["function", "organisation_label", "sector.name", "get_language_display", "created_at"]
        return columns if self._sees_addresses else [each for each in columns if each != CONTACT]

    @property
    def _sees_addresses(self) -> bool:
        return bool(self.request.user.has_perm(VIEW_PARTICIPANTS))

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Name"), sort_key="name", get_url=lambda row: reverse("trainings_enrolments:inspect", args=[row.pk])),
            Column("session", label=_("Session"), accessor="session.name"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                sort_key="status",
                primary=lambda row: row.status == EnrolmentStatus.CONFIRMED,
            ),
            Column("organisation", label=_("Organisation"), accessor="organisation_label"),
            Column("sector", label=_("Sector"), accessor=lambda row: row.sector.name if row.sector else "–"),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            DayColumn("created_at", label=_("Enrolled"), sort_key="created_at"),
        ]


class EnrolmentInspectView(OwnInspectView):
    """One enrolment: what is known, what happened, which mails went out and whether they arrived."""

    template_name = "trainings/backoffice/enrolment_inspect.html"
    page_title = gettext_lazy("Enrolment")

    def rows_for(self, user: Any) -> QuerySet[Enrolment]:
        return enrolments_for(user).select_related("session__module", "session__venue", "participant", "organisation", "sector")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_enrolments:index"), "label": _("Enrolments")},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        status = self.object.status
        if not self.request.user.has_perm(CHANGE_ENROLMENTS):
            return []
        buttons = []
        if status == EnrolmentStatus.WAITING:
            buttons.append(HeaderButton(_("Confirm"), url=self._action("confirm_enrolment"), icon_name="check", priority=10))
        if status in ACTIVE:
            buttons.append(HeaderButton(_("Correct"), url=self._action("change_enrolment"), icon_name="edit", priority=20))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        status, can = self.object.status, self.request.user.has_perm
        changes, confirmed, active = can(CHANGE_ENROLMENTS), status == EnrolmentStatus.CONFIRMED, status in ACTIVE
        steps = [
            (changes and active, _("Move to another session"), "move_enrolment", "redirect"),
            (changes and confirmed, _("Put on the waiting list"), "move_to_waiting", "time"),
            (changes, _("Send the mail again"), "resend_mail", "mail"),
            (can(ISSUE_CERTIFICATES) and confirmed, _("Issue the certificate"), "issue_certificate", "doc-full"),
            (changes and active, _("Cancel the enrolment"), "cancel_enrolment", "circle-xmark"),
        ]
        return [
            Button(label, url=self._action(name), icon_name=icon, priority=number)
            for number, (shown, label, name, icon) in enumerate(steps)
            if shown
        ]

    def _action(self, name: str) -> str:
        return reverse(f"trainings_backoffice:{name}", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sees_contact = user.has_perm(VIEW_PARTICIPANTS)
        return super().get_context_data(**kwargs) | {
            "rank": waiting_rank(self.object),
            "transitions": self.object.transitions.select_related("by"),
            "attendances": self.object.attendances.select_related("meeting").order_by("meeting__starts_at"),
            "certificate": Certificate.objects.filter(enrolment=self.object).first(),
            "sees_contact": sees_contact,
            # The text of a mail holds the manage link: only its subject and its state are shown.
            "mails": self._mails() if sees_contact else [],
            "reads_access_needs": can_read_access_needs(user, self.object.session),
        }

    def _mails(self) -> QuerySet[OutgoingMail]:
        fields = ("subject", "status", "created_at", "sent_at", "attempts", "latest_error", "to")
        return OutgoingMail.objects.filter(about=f"enrolment:{self.object.pk}").only(*fields)


class AddEnrolmentView(ConfirmView):
    """Somebody calls: the same service as the public form, without its protections against robots."""

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
            log(enrolment, "trainings.add_enrolment", user=self.request.user, title=enrolment.reference)
            messages.success(self.request, self._told(enrolment))
        return redirect(reverse("trainings_enrolments:inspect", args=[enrolment.pk]))

    def _told(self, enrolment: Enrolment) -> str:
        if enrolment.status == EnrolmentStatus.CONFIRMED:
            return _("The person is enrolled and has a seat.")
        return _("The person is enrolled and on the waiting list: number %(rank)s.") % {"rank": waiting_rank(enrolment)}

    @property
    def back_url(self) -> str:
        return reverse("trainings_enrolments:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": self.back_url, "label": _("Enrolments")}, {"url": "", "label": self.get_page_title()}]
