"""Statistics of the map: counts and ages of records."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from cartography.backoffice.permissions import VIEW_PLACES
from cartography.models import Place
from cartography.places.statistics import age_bars, region_bars, sector_bars
from core import clock
from core.backoffice.screens import ListingScreen


class StatisticsView(ListingScreen, TemplateView):
    """Visible places by sector, region and age of record."""

    model = Place
    viewset_name = "cartography_places"
    permission = VIEW_PLACES
    template_name = "cartography/backoffice/statistics.html"
    page_title = gettext_lazy("Figures of the map")
    header_icon = "order"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(Place.objects.visible().values("checked_on", "region", "sector_id"))
        tables = [
            (_("When the records were last checked"), age_bars(rows, today=clock.today())),
            (_("Places by sector"), sector_bars(rows)),
            (_("Places by region"), region_bars(rows)),
        ]
        return super().get_context_data(**kwargs) | {"total": len(rows), "tables": tables}
