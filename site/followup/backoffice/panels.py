"""Dashboard panel: requests that wait, what I do next, files that are silent."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from core import clock
from core.backoffice.wiring import Panel
from followup.backoffice.permissions import ADD_REQUESTS, VIEW_FILES, VIEW_REQUESTS
from followup.files.selectors import next_steps, silent_files
from followup.requests.selectors import waiting_for

SHOWN = 5


class FollowUpPanel(Panel):
    """What a colleague of the follow-up looks at in the morning."""

    name = "followup"
    template_name = "followup/backoffice/panel.html"
    order = 55
    permission = VIEW_REQUESTS

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = self.request.user
        reads = user.has_perm(VIEW_FILES)
        files = reverse("followup_files:index")
        return {
            "requests": waiting_for(user, limit=SHOWN),
            "steps": next_steps(user, limit=SHOWN) if reads else [],
            "silent": silent_files(user, today=clock.today(), limit=SHOWN) if reads else [],
            "can_note": user.has_perm(ADD_REQUESTS),
            "today": clock.today(),
            "requests_url": f"{reverse('followup_requests:index')}?status=received&status=analysis",
            "steps_url": f"{files}?attention=mine",
            "silent_url": f"{files}?attention=silent",
        }
