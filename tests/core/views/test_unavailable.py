"""When the database, a store or a disk is away, a page says so in three languages, asks nothing of them, and keeps what was typed."""

import errno
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as house
from core.views.unavailable import RETRY_AFTER_SECONDS
from core.web.failures import is_passing

__all__ = ["handler400", "handler403", "handler404", "handler500"]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
FAILURES = {
    "away": OperationalError("server closed the connection: host=secret"),
    "closed": InterfaceError("connection already closed"),
    "full": OSError(errno.ENOSPC, "No space left on device", "/var/secret"),
    "unmounted": OSError(errno.ESTALE, "Stale file handle"),
    "no store": ConnectionRefusedError("secret"),
}
failure = {"now": FAILURES["away"]}


def fails(request: HttpRequest) -> HttpResponse:
    if failure["now"]:
        raise failure["now"]
    return HttpResponse(repr(sorted(request.POST.lists())))


urlpatterns = [path("nl/fails/", fails), path("fr/fails/", fails), path("fr/machine/", csrf_exempt(fails)), *house]


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(failure, "now", FAILURES["away"])
    return Client(raise_request_exception=False)


def typed_on(response: Any) -> list[tuple[str, str]]:
    return [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(response.content.decode())]


@pytest.mark.parametrize("kind", FAILURES)
def test_an_engine_that_is_away_is_a_503_that_says_when_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setitem(failure, "now", FAILURES[kind])
    response = client.get("/fr/fails/")
    assert response.status_code == 503
    assert response["Retry-After"] == str(RETRY_AFTER_SECONDS)
    assert "no-store" in response["Cache-Control"]
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_it_speaks_three_languages_the_readers_first_and_asks_no_database(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/nl/fails/?page=2").content.decode()
    assert len(queries) == 0
    assert re.findall(r'<section lang="(\w+)"', html) == ["nl", "fr", "en"]
    for words in ("De site kan nu even niet antwoorden", "Le site ne peut pas répondre", "The site cannot answer just now"):
        assert words in html
    assert html.count('href="/nl/fails/?page=2"') == 3, "the way to try again"
    assert not re.search(r"<(script|link|img|style)", html), "nothing is loaded from anywhere"


def test_what_was_typed_is_kept_and_sent_again_as_it_was(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = {"name": ["Zoé <b>"], "theme": ["1", "2"], "message": ['Deux\nlignes, et des "guillemets"']}
    response = client.post("/fr/fails/", typed)
    assert response.status_code == 503
    html = response.content.decode()
    assert html.count('<button form="again">') == 3
    assert 'method="post" action="/fr/fails/"' in html

    monkeypatch.setitem(failure, "now", None)
    again: dict[str, list[str]] = {}
    for name, value in typed_on(response):
        again.setdefault(name, []).append(value)
    assert client.post("/fr/fails/", again).content.decode() == repr(sorted(typed.items()))


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "a@example.org", "password": "correct horse"},
        {"new_password1": "correct horse"},
        {"code": "123456"},
        {"name": "Zoé", "file": SimpleUploadedFile("a.txt", b"correct horse")},
    ],
    ids=["log-in", "new password", "second factor", "file"],
)
def test_secrets_and_files_are_not_kept_and_the_page_says_how_to_go_back(client: Client, typed: dict[str, Any]) -> None:
    response = client.post("/fr/fails/", typed)
    html = response.content.decode()
    assert typed_on(response) == []
    assert "correct horse" not in html
    assert "revenez en arrière avec le bouton de votre navigateur" in html


def test_another_site_cannot_make_the_page_show_its_words(settings: Any, client: Client) -> None:
    """Only a form whose token was accepted is shown again."""
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    assert typed_on(strict.post("/fr/machine/", {"name": "Votez"})) == []


def test_the_form_leads_to_no_other_site(client: Client) -> None:
    response = client.post("//evil.example.net/fr/fails/", {"name": "Zoé"})
    assert 'action="//' not in response.content.decode()


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.ENOENT, "missing"), False),
        (FileNotFoundError(), False),
        (ValueError(), False),
        (None, False),
        (TimeoutError(), True),
        (OSError(errno.EFBIG, "too big"), True),
    ],
)
def test_a_mistake_of_ours_stays_a_500(error: Exception | None, passes: bool) -> None:
    assert is_passing(error) is passes


@pytest.mark.control
def test_without_the_difference_a_database_that_is_away_is_a_500_and_what_was_typed_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.views.errors.is_passing", lambda error: False)
    response = client.post("/fr/fails/", {"name": "Zoé"})
    assert response.status_code == 500
    assert typed_on(response) == []
