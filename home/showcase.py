"""What the home page shows of the other apps, read through their selectors."""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from cartography.models import MapPage
from cartography.places.selectors import drawn_map
from core import clock
from core.page_cache.kept import kept
from core.pages.own_words import in_own_words
from home.models.news import NewsIndexPage, NewsPage
from home.models.year import YearPage
from publications.models import LibraryPage
from publications.works.recent import latest_publication
from trainings.models import CataloguePage, Session
from trainings.sessions.upcoming import next_sessions

NEWS = 3
SESSIONS = 4
# The pages that hold what the home page shows the first of, by the name the template knows them under.
INDEXES: dict[str, type[Page]] = {"catalogue": CataloguePage, "library": LibraryPage, "map_page": MapPage, "news_index": NewsIndexPage}


def showcase(page: Page) -> dict[str, Any]:
    """The next sessions, the latest publication and news, the map, and where the rest is, in the page's language. Eight queries."""
    language = page.locale.language_code
    return _indexes(page) | {
        "sessions": kept(("home", "sessions", language), partial(_sessions, language), is_timed=True),
        "publication": kept(("home", "publication", language), partial(latest_publication, language)),
        "places": kept(("home", "map", language), drawn_map),
        "year_page": YearPage.latest(page.locale),
        "news": list(NewsPage.objects.live().filter(in_own_words(), locale=page.locale).order_by("-date", "-pk")[:NEWS]),
    }


def _sessions(language: str) -> list[Session]:
    return next_sessions(language=language, now=clock.now(), limit=SESSIONS)


def _indexes(page: Page) -> dict[str, Page | None]:
    """The index pages of this language, None where there is none. One query."""
    types = ContentType.objects.get_for_models(*INDEXES.values())
    found = Page.objects.live().filter(locale=page.locale, content_type__in=types.values()).order_by("path")
    by_type = {each.content_type_id: each for each in reversed(found)}
    return {name: by_type.get(types[model].pk) for name, model in INDEXES.items()}
