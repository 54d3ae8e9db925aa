"""What is kept of a whole site, what is not and why; what was written, counted."""

import re
from collections import defaultdict
from urllib.parse import unquote

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.csp import LazyNonce

from core.models import TableChange
from core.page_cache import handler
from core.page_cache.moments import registered_tables
from core.page_cache.recording import Recording, recording
from core.page_cache.rules import why_not_kept
from core.page_cache.triggers import make_triggers, watched_tables
from core.page_cache.versions import FEW_ROWS, compact, read_total, versions_at
from tests.core.page_cache.asking import Web
from tests.core.page_cache.writes import Writes
from trainings.models import Module

pytestmark = pytest.mark.django_db

# Of the pages one comes to by links, why some are not kept. No page reads a table nobody watches.
REFUSALS = {"", "cookie", "not a page", "status", "streamed", "told otherwise"}
LINK = re.compile(rb'href="(/(?:fr|nl|en)/[^"#]*)')


def pages_by_reason(monkeypatch: pytest.MonkeyPatch, web: Web) -> dict[str, set[str]]:
    """Every page that can be reached from the three home pages."""
    found: dict[str, set[str]] = defaultdict(set)

    def noting(request: HttpRequest, response: HttpResponseBase, noted: Recording) -> str:
        reason = why_not_kept(request, response, noted)
        found[reason].add(request.path)
        return reason

    monkeypatch.setattr(handler, "why_not_kept", noting)
    seen, to_read = set(), {"/fr/", "/nl/", "/en/", "/fr/recherche/?q=Enfant"}
    while to_read:
        address = to_read.pop()
        seen.add(address)
        answer = web.ask(address)
        if answer.status == 200 and "html" in answer.headers["Content-Type"]:
            links = {unquote(link.decode()).replace("&amp;", "&") for link in LINK.findall(answer.body)}
            to_read |= {link for link in links if "?" not in link} - seen
    return found


def test_every_page_without_a_form_is_kept_and_reads_only_watched_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    Writes(1)
    found = pages_by_reason(monkeypatch, Web())
    assert {reason: pages for reason, pages in found.items() if reason not in REFUSALS} == {}
    assert len(found[""]) > 20
    assert {"/fr/", "/nl/", "/fr/actualites/", "/fr/publications/", "/fr/carte-fr/"} <= found[""]
    assert found["cookie"]  # who opens a form gets the cookie of its token


def test_a_page_is_the_same_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a browser tells of itself but what the key holds changes a page that is kept."""
    Writes(1)
    web = Web()
    kept = sorted(pages_by_reason(monkeypatch, web)[""])
    told = {
        "HTTP_ACCEPT_LANGUAGE": "nl",
        "HTTP_USER_AGENT": "Robot",
        "HTTP_REFERER": "https://example.org/",
        "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
        "HTTP_ACCEPT": "application/json",
        "HTTP_SEC_PURPOSE": "prefetch",
        "REMOTE_ADDR": "192.0.2.1",
    }
    assert [path for path in kept if Web().ask(path, **told).body != web.ask(path).body] == []


def asked() -> HttpRequest:
    request = RequestFactory().get("/fr/")
    request.session = SessionStore()
    return request


def answer(text: str = "<p>Bonjour", **headers: str) -> HttpResponse:
    return HttpResponse(text, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_plain_page_is_kept() -> None:
    assert why_not_kept(asked(), answer(Vary="Accept-Encoding, Cookie"), Recording({"wagtailcore_page"})) == ""


def test_what_may_be_somebodys_own_is_refused() -> None:
    with_cookie, opened, used, asked_for_nonce = answer(), asked(), asked(), asked()
    with_cookie.set_cookie("x", "1")
    opened.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    used.session["basket"] = 1
    nonce = LazyNonce()
    str(nonce)
    setattr(asked_for_nonce, "_csp_nonce", nonce)  # noqa: B010 (where Django's middleware puts it)
    plain = Recording()
    reasons = [
        why_not_kept(asked(), with_cookie, plain),
        why_not_kept(opened, answer(), plain),
        why_not_kept(used, answer(), plain),
        why_not_kept(asked_for_nonce, answer(), plain),
        why_not_kept(asked(), answer(Cache_Control="private"), plain),
        why_not_kept(asked(), answer(Vary="User-Agent"), plain),
        why_not_kept(asked(), HttpResponse("", status=404), plain),
        why_not_kept(asked(), StreamingHttpResponse([b""]), plain),
        why_not_kept(asked(), answer(Content_Type="application/json"), plain),
        why_not_kept(asked(), answer(), Recording(has_written=True)),
        why_not_kept(asked(), answer(), Recording({"core_user", "wagtailcore_page"})),
    ]
    assert reasons == [
        *("cookie", "token", "session", "nonce", "told otherwise", "varies", "status", "streamed", "not a page", "writes"),
        "table core_user",
    ]


def test_what_queries_read_and_whether_they_write_is_noted() -> None:
    with recording() as noted:
        list(Module.objects.filter(theme__slug="x"))
    assert noted.tables == {"trainings_module", "core_theme"}
    assert not noted.has_written
    with recording() as noted:
        Module.objects.filter(pk=0).update(number=1)
    assert noted.has_written


def test_moments_are_read_from_watched_tables_only() -> None:
    assert registered_tables() <= watched_tables()
    assert "trainings_meeting" in registered_tables()


def test_each_statement_counts_once_and_triggers_are_made_twice_without_harm() -> None:
    make_triggers()
    make_triggers()
    before = versions_at(read_total()).of_table.get("trainings_module", 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trainings_module SET number = number")
    assert versions_at(read_total()).of_table["trainings_module"] == before + 1


def test_many_notes_are_added_up_to_the_same_versions() -> None:
    TableChange.objects.bulk_create([TableChange(table=f"table_{n % 3}", n=1) for n in range(FEW_ROWS + 10)])
    total, before = read_total(), versions_at(read_total())
    assert compact() > 0
    assert read_total() == total
    assert versions_at(read_total()).of_table == before.of_table
    assert TableChange.objects.filter(table__startswith="table_").count() == 3
    assert compact() == 0
