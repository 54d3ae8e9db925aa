"""How many read the newsletter: 24 months as a drawing and as a table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import clock
from core.backoffice.screens import ListingScreen
from core.languages import Language
from newsletter.backoffice.subscribers.permissions import VIEW_SUBSCRIBERS
from newsletter.models import Subscriber
from newsletter.subscribers.growth import Month, months_of_growth, subscribers_by_language

WIDTH, HEIGHT, GAP = 720, 220, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A month as the drawing shows it."""

    month: Month
    x: float
    y: float
    width: float
    height: float
    is_named: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


def bars_of(months: list[Month]) -> list[Bar]:
    """A bar a month; every third one carries its name, so that names never touch."""
    tallest = max((month.total for month in months), default=0) or 1
    width = WIDTH / max(len(months), 1)
    return [
        Bar(
            month=month,
            x=round(place * width, 1),
            y=round(HEIGHT - HEIGHT * max(month.total, 0) / tallest, 1),
            width=round(width - GAP, 1),
            height=round(HEIGHT * max(month.total, 0) / tallest, 1),
            is_named=(len(months) - 1 - place) % 3 == 0,
        )
        for place, month in enumerate(months)
    ]


class GrowthView(ListingScreen, TemplateView):
    """Subscribers over time."""

    model = Subscriber
    viewset_name = "newsletter_subscribers"
    permission = VIEW_SUBSCRIBERS
    template_name = "newsletter/backoffice/growth.html"
    page_title = _("Readers over time")
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = months_of_growth(now=clock.now())
        by_language = subscribers_by_language()
        return super().get_context_data(**kwargs) | {
            "months": months[::-1],
            "bars": bars_of(months),
            "tallest": max((month.total for month in months), default=0),
            "width": WIDTH,
            "height": HEIGHT,
            "languages": [(Language(code).label, count) for code, count in by_language.items()],
            "total": sum(by_language.values()),
        }
