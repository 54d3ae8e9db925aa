"""Dashboard panel: this year so far beside the same days of last year, and the last report that was approved."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from core import clock
from core.backoffice.wiring import Panel
from core.figures.period import Period
from core.models.vocabulary import Programme
from figures.backoffice.permissions import OPEN_REPORT, programmes_of, seen_by
from figures.models import Snapshot
from figures.report.figure import ReportFigure
from figures.report.reading import read_reports

# What direction asks about most, a few of each programme.
KEYS = (
    "all_people",
    "interv_participants",
    "nl_subscribers",
    "mob_requests",
    "mob_files",
    "tr_days",
    "tr_participants",
    "hf_persons",
    "hf_meet_total",
)
KEPT = datetime.timedelta(minutes=10)


class ReportPanel(Panel):
    """Counted at most every ten minutes for each choice of programmes: a dashboard is opened often."""

    name = "report"
    template_name = "figures/backoffice/panel.html"
    order = 45
    permission = OPEN_REPORT

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        programmes = programmes_of(self.request.user)
        today = clock.today()
        return {
            "figures": self._figures(frozenset(programmes), today),
            "today": today,
            "last": Snapshot.objects.filter(programme__in=seen_by(self.request.user)).defer("content").order_by("-approved_at").first(),
            "report_url": reverse("figures_backoffice:report"),
        }

    def _figures(self, programmes: frozenset[Programme], today: datetime.date) -> list[tuple[ReportFigure, Any]]:
        name = f"figures.panel.{today}.{'.'.join(sorted(programmes))}"
        found = cache.get(name)
        if found is None:
            found = so_far(programmes, today)
            cache.set(name, found, KEPT.total_seconds())
        return list(found)


def so_far(programmes: frozenset[Programme], today: datetime.date) -> list[tuple[ReportFigure, Any]]:
    """Each figure with its number on the same day a year before."""
    period = Period(datetime.date(today.year, 1, 1), today)
    now, before = read_reports(programmes, period, period.year_before(), keys=KEYS)
    return [(figure, before.by_key[figure.key].value) for key in KEYS if (figure := now.by_key.get(key))]
