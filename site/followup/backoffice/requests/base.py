"""What the listing, the page and the actions of a request share."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import RowsMixin
from core.lifecycle.transitions import TransitionNotAllowed
from followup.backoffice.permissions import HANDLE_REQUESTS
from followup.files.open import OpenedTooEarly
from followup.models import Request
from followup.requests.selectors import requests_with_parents


class RequestRows(RowsMixin):
    """All requests: whoever may see one may see all, or nobody could share the work."""

    def rows_for(self, user: Any) -> QuerySet[Request]:
        return requests_with_parents()


class RequestActionView(RequestRows, ObjectActionView[Request]):
    """An action on one request."""

    model = Request
    viewset_name = "followup_requests"
    permission = HANDLE_REQUESTS
    header_icon = "help"
    refusals: ClassVar = {
        TransitionNotAllowed: _("The status of this request does not allow this step."),
        OpenedTooEarly: _("The request came in later than this day."),
    }

    def log_title(self) -> str:
        return self.object.reference
