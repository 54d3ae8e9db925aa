"""The one shape of an action: GET says what will happen and to how many, POST does it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trainings.backoffice.permissions import RequiresPermission, enrolments_for, sessions_for
from trainings.models import Enrolment, Session


class Refused(Exception):
    """The service said no; the text tells the reader why."""


class ConfirmView(RequiresPermission, WagtailAdminTemplateMixin, FormView):
    """Subclasses give `effects`, `act` and `back_url`."""

    template_name = "trainings/backoffice/confirm.html"
    form_class: type[forms.Form] = forms.Form
    action_label: str | Promise = ""
    is_serious = False

    def effects(self) -> Sequence[str]:
        """What will happen, a sentence each."""
        return ()

    def act(self, form: Any) -> str:
        """Calls the service; returns what to tell the reader. Raises Refused."""
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        """Where the reader came from and goes back to."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        return str(self.page_title or self.action_label)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            message = self.act(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.back_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"effects": self.effects(), "media": context["form"].media}


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
