"""Actions on one session or one enrolment the user may know of."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.backoffice.confirm import ConfirmView
from trainings.backoffice.permissions import enrolments_for, sessions_for
from trainings.models import Enrolment, Session


class SessionActionView(ConfirmView):
    """An action on one session the user may know of."""

    header_icon = "date"

    @cached_property
    def session(self) -> Session:
        sessions: Any = sessions_for(self.request.user)
        session: Session = get_object_or_404(sessions.with_seats().with_dates().select_related("module", "venue"), pk=self.kwargs["pk"])
        return session

    def get_page_subtitle(self) -> str:
        return str(self.session)

    @property
    def back_url(self) -> str:
        return reverse("trainings_sessions:inspect", args=[self.session.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_sessions:index"), "label": _("Sessions")},
            {"url": self.back_url, "label": str(self.session)},
            {"url": "", "label": self.get_page_title()},
        ]


class EnrolmentActionView(ConfirmView):
    """An action on one enrolment the user may know of."""

    header_icon = "user"

    @cached_property
    def enrolment(self) -> Enrolment:
        rows = enrolments_for(self.request.user).select_related("session__module", "session__venue", "participant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.enrolment)

    @property
    def back_url(self) -> str:
        return reverse("trainings_enrolments:inspect", args=[self.enrolment.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trainings_enrolments:index"), "label": _("Enrolments")},
            {"url": self.back_url, "label": str(self.enrolment)},
            {"url": "", "label": self.get_page_title()},
        ]
