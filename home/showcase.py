"""What the home page shows of the other apps, through their selectors only."""

from typing import Any

from wagtail.models import Page

from core import clock
from home.models.news import NewsPage
from trainings.models import CataloguePage
from trainings.selectors.catalogue import next_sessions

NEWS = 3
SESSIONS = 4


def showcase(page: Page) -> dict[str, Any]:
    """The next sessions, the latest news and the catalogue in the page's language. Four queries, whatever their number."""
    language = page.locale.language_code
    return {
        "sessions": next_sessions(language=language, now=clock.now(), limit=SESSIONS),
        "news": list(NewsPage.objects.live().filter(locale=page.locale).order_by("-date", "-pk")[:NEWS]),
        "catalogue": CataloguePage.objects.live().filter(locale=page.locale).first(),
    }
