"""Certificates in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, Fact, FigureColumn, IndexView, InspectView, facts, link_to
from core.backoffice.permissions import staff
from core.backoffice.screens import RowsMixin
from core.text.dates import written
from trainings.attendance.certificates import revoke_certificate
from trainings.attendance.documents import hours_shown
from trainings.backoffice.permissions import REVOKE_CERTIFICATES, certificates_for
from trainings.models import Certificate


class CertificateRows(RowsMixin):
    """All certificates, or those of a trainer's own sessions."""

    def rows_for(self, user: Any) -> QuerySet[Certificate]:
        return certificates_for(user).select_related("enrolment")


class CertificateIndexView(CertificateRows, IndexView):
    """The latest first."""

    default_ordering = "-issued_at"
    search_fields = ("name", "code", "title")
    list_export = ("code", "name", "title", "starts_on", "ends_on", "minutes", "minutes_planned", "issued_at", "revoked_at")
    list_display = (
        "name",
        Column("title", label=gettext_lazy("Training")),
        FigureColumn("hours", label=gettext_lazy("Hours"), accessor=lambda row: hours_shown(row.minutes), sort_key="minutes"),
        DayColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _("revoked") if row.revoked_at else _("valid"),
            primary=lambda row: not row.revoked_at,
        ),
    )


class CertificateInspectView(CertificateRows, InspectView):
    """One certificate."""

    page_title = gettext_lazy("Certificate")

    def get_fields_context(self) -> list[Fact]:
        shown = self.object
        hours = f"{hours_shown(shown.minutes)} / {hours_shown(shown.minutes_planned)}"
        days = " – ".join(dict.fromkeys(written(day) for day in (shown.starts_on, shown.ends_on)))
        return facts(
            (_("Name"), shown.name),
            (_("Training"), shown.title),
            (_("Code"), shown.code),
            (_("Days"), days),
            (_("Hours attended"), hours),
            (_("Issued"), written(shown.issued_at)),
            (_("Revoked"), written(shown.revoked_at)),
            (_("Enrolment"), link_to(reverse("trainings_enrolments:inspect", args=[shown.enrolment_id]), shown.enrolment)),
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        return self.action_buttons([(not self.object.revoked_at, _("Open the PDF"), "certificate_pdf", "download")], HeaderButton)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        revokes = not self.object.revoked_at and self.request.user.has_perm(REVOKE_CERTIFICATES)
        return self.action_buttons([(revokes, _("Revoke"), "revoke_certificate", "circle-xmark")])


class RevokeCertificateView(CertificateRows, ObjectActionView[Certificate]):
    """The code attests nothing any more."""

    model = Certificate
    viewset_name = "trainings_certificates"
    permission = REVOKE_CERTIFICATES
    action_label = gettext_lazy("Revoke the certificate")
    is_destructive = True
    header_icon = "doc-full"
    log_action = "trainings.revoke_certificate"
    done = gettext_lazy("The certificate is revoked.")

    def effects(self) -> list[str]:
        return [
            _("The code of this certificate attests nothing any more, and the check page says so."),
            _("A new one can be issued afterwards, with a new code. Nobody gets a mail."),
        ]

    def step(self, form: Any) -> None:
        revoke_certificate(certificate=self.object, now=clock.now(), by=staff(self.request))
