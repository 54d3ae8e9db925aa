"""Pages from the memory of a web process: for whom, how they look, and until when."""

import datetime
import gzip
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.page_cache.statistics import statistics
from core.page_cache.triggers import drop_triggers
from home.models import EventIndexPage, EventPage, StandardPage
from tests.core.page_cache.asking import Web
from tests.home.factories import add_page, add_pages
from trainings.models import CataloguePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def about() -> StandardPage:
    return add_pages(StandardPage, fr="À propos", nl="Over ons")["fr"]


def test_a_page_is_answered_from_memory_and_looks_as_django_sent_it(web: Web, about: StandardPage) -> None:
    first = web.ask(about.url)
    with CaptureQueriesContext(connection) as queries:
        again = web.ask(about.url)
    assert not first.is_from_memory
    assert again.is_from_memory
    assert len(queries) == 0  # its one question is asked below what counts queries
    assert {name: first.headers[name] for name in first.headers.keys() - {"X-Request-ID"}} == again.headers
    assert (again.status, again.body) == (200, first.body)
    assert {"Content-Security-Policy", "X-Content-Type-Options", "ETag"} <= again.headers.keys()
    assert again.headers["Cache-Control"] == "no-cache"
    assert statistics()["hits"] > 0


def test_a_change_no_signal_tells_of_shows_at_the_next_request(web: Web, about: StandardPage) -> None:
    web.ask(about.url)
    Page.objects.filter(pk=about.pk).update(title="Qui sommes-nous ?")
    assert "Qui sommes-nous" in web.ask(about.url).body.decode()


def test_control_without_triggers_the_change_does_not_show(web: Web, about: StandardPage) -> None:
    drop_triggers()
    web.ask(about.url)
    Page.objects.filter(pk=about.pk).update(title="Qui sommes-nous ?")
    assert "Qui sommes-nous" not in web.ask(about.url).body.decode()


def test_a_proxy_that_knows_the_page_is_told_so_without_its_words(web: Web, about: StandardPage) -> None:
    etag = web.ask(about.url).headers["ETag"]
    for known in (etag, f'"other", {etag}', etag.removeprefix("W/")):
        answer = web.ask(about.url, HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", etag)
    assert web.ask(about.url, HTTP_IF_NONE_MATCH='"other"').status == 200
    assert Web().ask(about.url, HTTP_IF_NONE_MATCH=etag).status == 304  # another process, which has to make it first


def test_compressed_and_plain_are_kept_apart_and_a_head_has_no_body(web: Web, about: StandardPage) -> None:
    plain, packed = web.ask(about.url), web.ask(about.url, HTTP_ACCEPT_ENCODING="gzip, br")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] == plain.headers["ETag"]
    head = web.ask(about.url, method="HEAD")
    assert head.is_from_memory
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(plain.body)))


@pytest.mark.parametrize("more", [{"HTTP_COOKIE": "sessionid=x"}, {"HTTP_COOKIE": "messages=x"}, {"HTTP_AUTHORIZATION": "Basic eA=="}])
def test_who_may_be_somebody_is_answered_by_django(web: Web, about: StandardPage, more: dict[str, str]) -> None:
    web.ask(about.url)
    assert not web.ask(about.url, **more).is_from_memory


def test_who_once_saw_a_form_still_reads_from_memory(web: Web, about: StandardPage) -> None:
    web.ask(about.url)
    assert web.ask(about.url, HTTP_COOKIE="csrftoken=x").is_from_memory


def test_other_hosts_schemes_and_queries_are_other_pages(web: Web, about: StandardPage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    web.ask(about.url)
    others = [{"HTTP_HOST": "other.example.org"}, {"wsgi.url_scheme": "https"}, {"QUERY_STRING": "x=1"}]
    assert [web.ask(about.url, **more).is_from_memory for more in others] == [False] * 3
    foreign = [web.ask(about.url, HTTP_HOST="evil.example.org") for _twice in range(2)]
    assert [(each.status, each.is_from_memory) for each in foreign] == [(400, False)] * 2


def test_a_page_that_becomes_private_is_no_longer_shown(web: Web, about: StandardPage) -> None:
    web.ask(about.url)
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    answers = [web.ask(about.url) for _twice in range(2)]
    assert [(each.status, each.is_from_memory) for each in answers] == [(302, False)] * 2


def test_switched_off_every_request_reaches_django(web: Web, about: StandardPage, settings: Any) -> None:
    settings.PAGE_CACHE = False
    assert not any(web.ask(about.url).is_from_memory for _twice in range(2))


def test_only_so_much_memory_is_taken(web: Web, about: StandardPage, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 100_000
    for number in range(30):
        web.ask(f"{about.url}?x={number}")
    assert 0 < web.handler.entries.size <= 100_000
    assert web.ask(f"{about.url}?x=29").is_from_memory
    assert not web.ask(f"{about.url}?x=0").is_from_memory


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31", "2027-06-01"], ids=["23 hours", "25 hours", "24 hours"])
def test_every_page_is_made_anew_at_midnight_in_brussels(web: Web, about: StandardPage, day: str) -> None:
    midnight = timezone.make_aware(datetime.datetime.fromisoformat(f"{day} 00:00") + datetime.timedelta(days=1))
    second = datetime.timedelta(seconds=1)
    with time_machine.travel(midnight - 22 * 3600 * second, tick=False) as clock:
        web.ask(about.url)
        clock.move_to(midnight - second)
        assert web.ask(about.url).is_from_memory
        clock.move_to(midnight)
        assert not web.ask(about.url).is_from_memory


def test_an_event_that_ends_moves_to_the_past_ones_without_a_write(web: Web) -> None:
    ends = timezone.make_aware(datetime.datetime(2027, 6, 1, 15))
    index = add_page(EventIndexPage(title="Agenda", slug="agenda"))
    add_page(EventPage(title="Table d’échanges", slug="table", starts_at=ends - datetime.timedelta(hours=2), ends_at=ends), index)
    with time_machine.travel(ends - datetime.timedelta(hours=3), tick=False) as clock:
        before = web.ask(index.url).body
        clock.move_to(ends - datetime.timedelta(hours=2))  # it begins
        web.ask(index.url)
        clock.shift(1)
        assert not web.ask(index.url).is_from_memory
        clock.move_to(ends - datetime.timedelta(seconds=1))
        assert web.ask(index.url).is_from_memory
        clock.move_to(ends + datetime.timedelta(microseconds=1))
        after = web.ask(index.url)
        assert not after.is_from_memory
        assert after.body != before


def test_a_clock_that_is_set_back_is_not_believed(web: Web, about: StandardPage) -> None:
    with time_machine.travel("2027-06-01 12:00+00:00", tick=False) as clock:
        web.ask(about.url)
        clock.move_to("2027-06-01 11:00+00:00")
        assert not web.ask(about.url).is_from_memory


def test_the_other_process_hears_of_a_home_page_that_moved(web: Web, about: StandardPage) -> None:
    """Wagtail keeps the paths of its sites for an hour, and forgets them only where the write happened."""
    web.ask("/fr/")
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    old = catalogue.url
    assert web.ask(old).status == 200
    Page.objects.filter(pk=catalogue.pk).update(slug="offre", url_path=catalogue.url_path.replace(catalogue.slug, "offre"))
    assert web.ask(old).status == 404
