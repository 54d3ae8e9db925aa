"""Dashboard panel: submissions to decide, and records that need checking."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from cartography.backoffice.permissions import VIEW_SUBMISSIONS
from cartography.directory.freshness import HUMAN_LOOK, months_before
from cartography.models import Place, Submission
from core import clock
from core.backoffice.wiring import Panel

SHOWN = 5


class MapPanel(Panel):
    """The oldest messages of the queue, places nobody checked for eighteen months, and addresses without a point of their own."""

    name = "map"
    template_name = "cartography/backoffice/panel.html"
    order = 60
    permission = VIEW_SUBMISSIONS

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        places = reverse("cartography_places:index")
        old = Place.objects.visible().filter(checked_on__lt=months_before(clock.today(), HUMAN_LOOK))
        return {
            "waiting": Submission.objects.open().select_related("place")[:SHOWN],
            "waiting_count": Submission.objects.open().count(),
            "old_count": old.count(),
            "queue_url": f"{reverse('cartography_queue:index')}?status=open",
            "old_url": f"{places}?age=look",
            "to_place_count": Place.objects.to_place().count(),
            "to_place_url": f"{places}?point=to_place",
        }
