"""What every view of one issue shares."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import RequiresPermission
from newsletter.models import Issue
from newsletter.services.life import TransitionNotAllowed
from newsletter.services.send import CannotSend, Refusal

REFUSALS = {
    Refusal.NO_EDITION: gettext_lazy("There is no edition yet."),
    Refusal.FINDINGS: gettext_lazy("The checks are not green for the words as they stand: run them, mend or overrule what they find."),
    Refusal.NOBODY: gettext_lazy("Nobody would get it."),
    Refusal.PAST: gettext_lazy("That moment is over."),
    Refusal.SAME_PERSON: gettext_lazy("Somebody else than the person who pressed Send must agree."),
}


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
            raise Refused(str(REFUSALS[refusal.reason])) from refusal
        except TransitionNotAllowed as refusal:
            raise Refused(_("Meanwhile the issue stands elsewhere: somebody else, or the worker, was quicker.")) from refusal
        return str(self.done)


def no_store(response: HttpResponse) -> HttpResponse:
    """A screen that names people, or changes every second."""
    response["Cache-Control"] = "no-store"
    return response
