"""What old rows hold cannot end a feed: whatever a title is, a parser of XML reads it."""

import datetime
import io
from xml.etree import ElementTree

import pytest
from django.utils import feedgenerator
from hypothesis import example, given

from core.text.safety import writable
from core.web.feeds import AtomFeed, RssFeed
from tests.core.any_text import ANY_TEXT, HOSTILE, MANY, one_line_end

DAY = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


def written(feed_type: type[feedgenerator.SyndicationFeed], title: str) -> bytes:
    feed = feed_type(title=title, link="https://smes.example.org/", description=title, language="fr", author_name=title)
    feed.add_item(title=title, link="https://smes.example.org/x/", description=title, pubdate=DAY, updateddate=DAY)
    target = io.StringIO()
    feed.write(target, "utf-8")
    return target.getvalue().encode()


@pytest.mark.parametrize("feed_type", [RssFeed, AtomFeed])
@given(title=ANY_TEXT)
@example(HOSTILE)
@MANY
def test_a_parser_of_xml_reads_any_title(feed_type: type[feedgenerator.SyndicationFeed], title: str) -> None:
    tree = ElementTree.fromstring(written(feed_type, title))
    titles = [each.text or "" for each in tree.iter() if each.tag.rpartition("}")[2] == "title"]
    assert titles == [one_line_end(writable(title))] * 2


@pytest.mark.control
@pytest.mark.parametrize("feed_type", [feedgenerator.Rss201rev2Feed, feedgenerator.Atom1Feed])
@pytest.mark.parametrize("char", ["\x0b", "\ufffe", "\ud83c"], ids=["tab", "noncharacter", "surrogate"])
def test_djangos_own_feeds_end_there(feed_type: type[feedgenerator.SyndicationFeed], char: str) -> None:
    with pytest.raises((ValueError, ElementTree.ParseError)):
        ElementTree.fromstring(written(feed_type, f"Titre{char}"))
