"""Participants and their history; certificates."""

from typing import Any

from django.db.models import Count, Max, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, IndexView, OwnInspectView, OwnRowsMixin
from core.backoffice.permissions import staff
from trainings.attendance.certificates import revoke_certificate
from trainings.attendance.documents import hours_shown
from trainings.backoffice.permissions import REVOKE_CERTIFICATES, certificates_for
from trainings.models import Certificate, Enrolment, Participant


class ParticipantIndexView(IndexView):
    """Everybody who ever enrolled."""

    any_permission_required = ("view",)
    is_searchable = True
    search_fields = ("name", "email")
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Participant]:
        return Participant.objects.annotate(enrolment_count=Count("enrolments"), latest_at=Max("enrolments__created_at"))

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Name"), sort_key="name", get_url=lambda row: reverse("trainings_participants:inspect", args=[row.pk])),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("enrolment_count", label=_("Enrolments"), sort_key="enrolment_count"),
            DayColumn("latest_at", label=_("Latest enrolment"), sort_key="latest_at"),
        ]


class ParticipantInspectView(OwnInspectView):
    """One person's history."""

    any_permission_required = ("view",)
    template_name = "trainings/backoffice/participant_inspect.html"
    page_title = gettext_lazy("Participant")

    def rows_for(self, user: Any) -> QuerySet[Participant]:
        return Participant.objects.all()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_participants:index"), "label": _("Participants")},
            {"url": "", "label": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Enrolment.objects.filter(participant=self.object).select_related("session__module", "certificate").order_by("-created_at")
        enrolments = list(rows.prefetch_related("attendances", "session__meetings"))
        for enrolment in enrolments:
            minutes = sum(mark.minutes for mark in enrolment.attendances.all())
            setattr(enrolment, "hours", hours_shown(minutes) if minutes else "–")  # noqa: B010 (for the template)
        return super().get_context_data(**kwargs) | {"enrolments": enrolments}


class CertificateIndexView(OwnRowsMixin, IndexView):
    """All certificates, or those of a trainer's own sessions."""

    default_ordering = "-issued_at"
    is_searchable = True
    search_fields = ("name", "code", "title")
    list_export = ("code", "name", "title", "starts_on", "ends_on", "minutes", "minutes_planned", "issued_at", "revoked_at")

    def rows_for(self, user: Any) -> QuerySet[Certificate]:
        return certificates_for(user)

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Name"), sort_key="name", get_url=lambda row: reverse("trainings_certificates:inspect", args=[row.pk])),
            Column("title", label=_("Training")),
            Column("hours", label=_("Hours"), accessor=lambda row: hours_shown(row.minutes), sort_key="minutes"),
            DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: _("revoked") if row.revoked_at else _("valid"),
                primary=lambda row: not row.revoked_at,
            ),
        ]


class CertificateInspectView(OwnInspectView):
    """One certificate."""

    template_name = "trainings/backoffice/certificate_inspect.html"
    page_title = gettext_lazy("Certificate")

    def rows_for(self, user: Any) -> QuerySet[Certificate]:
        return certificates_for(user).select_related("enrolment")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_certificates:index"), "label": _("Certificates")},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.revoked_at:
            return []
        url = reverse("trainings_backoffice:certificate_pdf", args=[self.object.pk])
        return [HeaderButton(_("Open the PDF"), url=url, icon_name="download")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        if self.object.revoked_at or not self.request.user.has_perm(REVOKE_CERTIFICATES):
            return []
        url = reverse("trainings_backoffice:revoke_certificate", args=[self.object.pk])
        return [Button(_("Revoke"), url=url, icon_name="circle-xmark")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hours = (hours_shown(self.object.minutes), hours_shown(self.object.minutes_planned))
        return super().get_context_data(**kwargs) | {"hours": hours[0], "hours_planned": hours[1]}


class RevokeCertificateView(ConfirmView):
    """The code attests nothing any more."""

    permission = REVOKE_CERTIFICATES
    action_label = gettext_lazy("Revoke the certificate")
    is_serious = True
    header_icon = "doc-full"

    @cached_property
    def certificate(self) -> Certificate:
        return get_object_or_404(certificates_for(self.request.user), pk=self.kwargs["pk"])

    def effects(self) -> list[str]:
        return [
            _("The code of this certificate attests nothing any more, and the check page says so."),
            _("A new one can be issued afterwards, with a new code. Nobody gets a mail."),
        ]

    def act(self, form: Any) -> str:
        revoke_certificate(certificate=self.certificate, now=clock.now(), by=staff(self.request))
        log(self.certificate, "trainings.revoke_certificate", user=self.request.user)
        return _("The certificate is revoked.")

    @property
    def back_url(self) -> str:
        return reverse("trainings_certificates:inspect", args=[self.certificate.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_certificates:index"), "label": _("Certificates")},
            {"url": self.back_url, "label": str(self.certificate)},
            {"url": "", "label": self.get_page_title()},
        ]
