"""The one shape of an action: GET says what will happen and to how many, POST does it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.backoffice.next_step import Gap
from core.backoffice.permissions import RequiresPermission
from core.backoffice.way_back import way_back


class Refused(Exception):
    """The service said no; the text tells the reader why."""


class ConfirmView(RequiresPermission, WagtailAdminTemplateMixin, FormView):
    """Subclasses give `effects`, `act` and `back_url`."""

    template_name = "core/backoffice/confirm.html"
    form_class: type[forms.Form] = forms.Form
    action_label: str | Promise = ""
    is_destructive = False

    def effects(self) -> Sequence[str]:
        """What will happen, a sentence each."""
        return ()

    def gaps(self) -> Sequence[Gap]:
        """What is missing for it."""
        return ()

    def act(self, form: Any) -> str:
        """Calls the service; returns what to tell the reader. Raises Refused."""
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        """Where the reader came from and goes back to."""
        raise NotImplementedError

    @property
    def leave_url(self) -> str:
        """The list the reader came from, if her URL names one."""
        return way_back(self.request) or self.back_url

    def get_page_title(self) -> str:
        return str(self.page_title or self.action_label)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            message = self.act(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.leave_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"effects": self.effects(), "gaps": self.gaps(), "media": context["form"].media}
