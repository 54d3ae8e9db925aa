"""What every view of one issue shares."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import ObjectScreen
from core.lifecycle.transitions import TransitionNotAllowed
from newsletter.enums.issues import FROZEN
from newsletter.models import Issue
from newsletter.preflight.run import CannotOverride
from newsletter.sending.schedule import CannotSend
from newsletter.sending.test_mail import CannotSendTest


class IssueScreen(ObjectScreen[Issue]):
    """A page about one issue, below its main page."""

    model = Issue
    viewset_name = "newsletter_issues"
    header_icon = "mail"

    @property
    def issue(self) -> Issue:
        return self.object

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"issue": self.issue, "back_url": self.back_url}


class IssueActionView(IssueScreen, ObjectActionView[Issue]):
    """An action on one issue."""

    refusals: ClassVar = {
        CannotSend: lambda refusal: refusal.reason.label,
        CannotSendTest: str,
        CannotOverride: gettext_lazy("This must be mended; a reason is not enough."),
        TransitionNotAllowed: gettext_lazy("Meanwhile the issue stands elsewhere: somebody else, or the worker, was quicker."),
    }


def back_from_frozen(request: HttpRequest, issue: Issue) -> HttpResponse | None:
    """Redirects to the issue, which has the button that unfreezes it; None if it is not frozen, or was sent."""
    if issue.status not in FROZEN:
        return None
    text = _("The words are frozen as they were checked. Press “%(button)s” first; then check and send them again.")
    messages.warning(request, text % {"button": _("Back to a draft")})
    return redirect("newsletter_issues:inspect", issue.pk)


def no_store(response: HttpResponse) -> HttpResponse:
    """A screen that names people, or changes every second."""
    response["Cache-Control"] = "no-store"
    return response
