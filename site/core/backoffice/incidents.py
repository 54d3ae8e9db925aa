"""What is wrong with the site at this moment, on the dashboard of those who are mailed about it: the mail server may be what is away."""

from collections.abc import Mapping
from typing import Any

from core.backoffice.wiring import Panel
from core.health.registry import PERMISSION
from core.health.words import Words
from core.models import Incident


class IncidentsPanel(Panel):
    """Nothing where all is well."""

    name = "incidents"
    template_name = "core/backoffice/incidents_panel.html"
    order = 5
    permission = PERMISSION

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"incidents": [(Words.of_incident(each), each) for each in Incident.objects.open()]}
