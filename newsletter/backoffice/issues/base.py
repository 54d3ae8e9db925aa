"""What every view of one issue shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import RequiresPermission
from core.transitions import TransitionNotAllowed
from newsletter.enums.issues import FROZEN
from newsletter.models import Issue
from newsletter.sending.schedule import CannotSend


class IssueMixin:
    """The issue of the address, the way back to its desk, the breadcrumbs."""

    kwargs: dict[str, Any]
    breadcrumbs_items: list[dict[str, Any]]
    header_icon = "mail"

    @cached_property
    def issue(self) -> Issue:
        return get_object_or_404(Issue, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("newsletter_issues:inspect", args=[self.issue.pk])

    def get_page_subtitle(self) -> str:
        return str(self.issue)

    def get_page_title(self) -> str:
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_issues:index"), "label": _("Issues")},
            {"url": self.back_url, "label": str(self.issue)},
            {"url": "", "label": self.get_page_title()},
        ]


class IssuePageView(RequiresPermission, IssueMixin, WagtailAdminTemplateMixin, TemplateView):
    """A screen about one issue."""

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"issue": self.issue, "back_url": self.back_url}


class IssueActionView(IssueMixin, ConfirmView):
    """An action on one issue. Subclasses give `step`, which calls the service, and `done`."""

    done: Any = ""

    def get_page_title(self) -> str:
        return str(self.page_title or self.action_label)

    def step(self, form: Any) -> Any:
        """Calls the service."""
        raise NotImplementedError

    def act(self, form: Any) -> str:
        try:
            self.step(form)
        except CannotSend as refusal:
            raise Refused(str(refusal.reason.label)) from refusal
        except TransitionNotAllowed as refusal:
            raise Refused(_("Meanwhile the issue stands elsewhere: somebody else, or the worker, was quicker.")) from refusal
        return str(self.done)


def back_from_frozen(request: HttpRequest, issue: Issue) -> HttpResponse | None:
    """To the desk, which has the button that thaws the words; None where they are not frozen, or have left already."""
    if issue.status not in FROZEN:
        return None
    words = _("The words are frozen as they were checked. Press “%(button)s” first; then check and send them again.")
    messages.warning(request, words % {"button": _("Back to a draft")})
    return redirect("newsletter_issues:inspect", issue.pk)


def no_store(response: HttpResponse) -> HttpResponse:
    """A screen that names people, or changes every second."""
    response["Cache-Control"] = "no-store"
    return response
