"""What old rows hold cannot spoil a feed or a spreadsheet: whatever a title is, another program reads the file."""

import datetime
import io
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import feedgenerator
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.files.spreadsheets import SafeExportMixin, as_text
from core.text import without_unprintable, writable
from core.web.feeds import AtomFeed, RssFeed

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
MANY = settings(max_examples=200, deadline=None)
DAY = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
# Pasted from a PDF, half an emoji, a noncharacter: each of them once ended a feed.
HOSTILE = "Titre\x0bcollé \x02\x0c\x1f\ufffe\ud83c fin"


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
def test_a_parser_of_xml_reads_any_title_in_a_feed(feed_type: type[feedgenerator.SyndicationFeed], title: str) -> None:
    tree = ElementTree.fromstring(written(feed_type, title))
    # XML has one line end; Atom writes no empty text.
    said = writable(title).replace("\r\n", "\n").replace("\r", "\n")
    titles = [each.text or "" for each in tree.iter() if each.tag.rpartition("}")[2] == "title"]
    assert titles == [said, said]


@pytest.mark.control
@pytest.mark.parametrize("feed_type", [feedgenerator.Rss201rev2Feed, feedgenerator.Atom1Feed])
@pytest.mark.parametrize("char", ["\x0b", "\ufffe", "\ud83c"], ids=["tab", "noncharacter", "surrogate"])
def test_djangos_own_feeds_end_there(feed_type: type[feedgenerator.SyndicationFeed], char: str) -> None:
    with pytest.raises((ValueError, ElementTree.ParseError)):
        ElementTree.fromstring(written(feed_type, f"Titre{char}"))


class Export(SafeExportMixin):
    list_export = ("title", "kinds")

    def get_heading(self, queryset: Any, field: str) -> str:
        return HOSTILE


@given(title=ANY_TEXT)
@example(HOSTILE)
@MANY
def test_a_spreadsheet_is_read_back_with_any_title(title: str) -> None:
    target = io.BytesIO()
    Export().write_xlsx([SimpleNamespace(title=title, kinds=[title])], target)
    target.seek(0)
    heading, (cell, _list) = load_workbook(target).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert heading[0] == writable(HOSTILE)
    assert (cell or "").replace("\r\n", "\n").replace("\r", "\n") == as_text(title).replace("\r\n", "\n").replace("\r", "\n")


@given(text=ANY_TEXT)
@MANY
def test_what_may_come_in_may_leave(text: str) -> None:
    clean = without_unprintable(text)
    assert writable(clean) == clean
    assert without_unprintable(clean) == clean
    before, after = (each.encode("utf-16", "surrogatepass") for each in (text, without_unprintable(text, keeps_length=True)))
    assert len(before) == len(after)


def test_words_that_a_break_of_another_program_parted_stay_apart() -> None:
    assert without_unprintable("Titre\x0bcollé\x02") == writable("Titre\x0bcollé\x02") == "Titre collé"
