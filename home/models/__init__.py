"""The pages of the site."""

from home.models.contact import ContactPage
from home.models.home import HomePage
from home.models.news import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from home.models.programmes import ProgrammePage
from home.models.standard import StandardPage
from home.models.year import YearPage

__all__ = [
    "ContactPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProgrammePage",
    "StandardPage",
    "YearPage",
]
