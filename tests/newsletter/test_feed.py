"""The archive as RSS: read by a real reader of feeds, in three languages."""

import datetime
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from newsletter.issues.feeds import LATEST
from newsletter.models import Issue, IssuePage
from tests.newsletter.issues import index_page, published

pytestmark = pytest.mark.django_db
ADDRESSES = {"fr": "/fr/newsletter/flux.xml", "nl": "/nl/nieuwsbrief/feed.xml", "en": "/en/newsletter/feed.xml"}


def feed(language: str = "fr") -> Any:
    answer = Client().get(ADDRESSES[language])
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/rss+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return read


@pytest.mark.parametrize("language", ADDRESSES)
def test_it_is_sound_and_speaks_its_language(language: str) -> None:
    published(7, language, subject="Objet")
    read = feed(language)
    assert (read.version, read.feed.language) == ("rss20", language)
    assert read.feed.title
    assert read.feed.subtitle
    assert read.feed.link.startswith(f"http://testserver/{language}/")
    assert read.feed.links[-1].rel == "self"


def test_addresses_are_whole_and_one_issue_is_one_entry_for_good() -> None:
    page = published(7, subject="Objet")
    (entry,) = feed().entries
    assert entry.link == entry.id == f"http://testserver{page.url}"
    assert Client().get(page.url).status_code == 200


def test_the_day_is_that_of_the_sending() -> None:
    page = published(7)
    left = datetime.datetime(2026, 11, 3, 9, 30, tzinfo=datetime.UTC)
    Issue.objects.filter(pk=page.issue_id).update(started_at=left)
    (entry,) = feed().entries
    assert datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.UTC) == left


def test_words_of_an_editor_break_nothing() -> None:
    published(7, subject='A < B & "C" ]]> \u2028 é 🙂', preheader="<script>x</script>")
    (entry,) = feed().entries
    assert entry.title.endswith('– A < B & "C" ]]> \u2028 é 🙂')


def test_a_subject_pasted_from_a_pdf_does_not_end_the_feed() -> None:
    page = published(7, subject="Objet")
    IssuePage.objects.filter(pk=page.pk).update(subject="Objet\x0bcollé\x02\ufffe")
    assert feed().entries[0].title.endswith("– Objet collé")


def test_who_has_the_latest_gets_nothing_again_and_a_correction_is_new() -> None:
    page = published(7, subject="Objet")
    answer = Client().get(ADDRESSES["fr"])
    known = {"if-modified-since": answer["Last-Modified"]}
    assert Client().get(ADDRESSES["fr"], headers=known).status_code == 304
    assert Client().get(ADDRESSES["fr"], headers={"if-none-match": answer["ETag"]}).status_code == 304
    page.subject = "Objet corrigé"
    page.save_revision().publish()
    IssuePage.objects.filter(pk=page.pk).update(last_published_at=timezone.now() + datetime.timedelta(minutes=1))
    assert Client().get(ADDRESSES["fr"], headers=known).status_code == 200


def test_drafts_and_other_languages_stay_out_and_the_latest_comes_first() -> None:
    for number in (3, 9, 5):
        published(number, subject=f"Objet {number}")
    published(8, "nl", subject="Onderwerp 8")
    draft = published(10, subject="Brouillon")
    draft.unpublish()
    assert [entry.title.rpartition(" ")[2] for entry in feed().entries] == ["9", "5", "3"]


def test_it_holds_two_years_and_no_more() -> None:
    for number in range(1, LATEST + 3):
        published(number)
    assert len(feed().entries) == LATEST


def test_before_the_first_issue_it_is_empty_and_sound() -> None:
    index_page("fr")
    assert feed().entries == []


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_with_few_and_many_issues(count: int, django_assert_max_num_queries: Any) -> None:
    for number in range(1, count + 1):
        published(number)
    feed()
    with django_assert_max_num_queries(12):
        feed()


def test_the_page_of_the_newsletter_names_the_feed() -> None:
    page = published(7)
    html = Client().get(page.get_parent().url).content.decode()
    assert ADDRESSES["fr"] in html
