"""Feeds that any reader can parse, whatever old rows hold, and that answer a reader who has the latest with 304."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import conditional_page

from core.text.safety import writable


class WritableFeed(SyndicationFeed):
    """A title pasted from a PDF may hold a control character: one would end the feed of a whole language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(_writable(each) for each in args), **{name: _writable(value) for name, value in kwargs.items()})

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        super().add_item(*(_writable(each) for each in args), **{name: _writable(value) for name, value in kwargs.items()})


class RssFeed(WritableFeed, Rss201rev2Feed):
    """RSS 2.0."""


class AtomFeed(WritableFeed, Atom1Feed):
    """Atom (RFC 4287)."""


class ConditionalFeed(Feed):
    """Answers If-None-Match and If-Modified-Since. Items need a date: without any, the moment of the request would be the feed's."""

    feed_type: type[SyndicationFeed] = RssFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = conditional_page(super().__call__)
        response: HttpResponse = view(request, *args, **kwargs)
        return response


def _writable(value: Any) -> Any:
    return writable(str(value)) if isinstance(value, str) else value
