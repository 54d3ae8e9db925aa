"""Bad input to every form a stranger can reach: a clear answer, never a failure. Forms of later apps are found by themselves."""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.forms import PublicForm
from core.views import private
from home.models import ContactPage
from tests.crawl.endpoints import TOKEN, all_endpoints, create_rows
from tests.crawl.forms import OpenForm, open_forms
from tests.crawl.states import create_rows_of_today
from tests.trainings.factories import make_catalogue

pytestmark = pytest.mark.django_db

URLENCODED = "application/x-www-form-urlencoded"
BAD_WORDS = {
    "nothing": "",
    "very long": "é" * 20_000,
    "many lines": "\r\n" * 5_000,
    "a negative number": "-1",
    "a number beyond the database": "9" * 40,
    "not a number": "NaN",
    "JSON": '{"$gt": ""}',
    "SQL": "'; DROP TABLE core_user; --",
    "markup": '<script>alert("x")</script>',
    "template": "{{ 7*7 }}{% debug %}%s%(x)s",
    "a path": "../../../../etc/passwd",
    "a link": "https://evil.example.org/ www.evil.example.org",
}
# Each kind in each field by `make crawl`. In every run each form meets all kinds, and each field at least one.
EVERY_FIELD = bool(os.environ.get("CRAWL_ALL_PAGES"))
ONE_BY_ONE = ["nothing", "very long", "a number beyond the database", "markup"]
BAD_BYTES = {
    "NUL": b"%00",
    "control characters": b"%01%07%1B%7F",
    "marks that turn a line": b"%E2%80%AE%E2%81%A6",
    "half a surrogate": b"%ED%A0%80",
    "not UTF-8": b"%FF%FE%C3%28",
    "an unfinished escape": b"%",
}

# Answers a wrong key like a right one, on purpose: programs follow these links, and nobody may try keys.
NEUTRAL = ("newsletter_links:",)


@pytest.fixture
def unlimited(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of forms have tests of their own; here they would hide the answers."""
    monkeypatch.setattr(PublicForm, "_count", lambda self: None)
    monkeypatch.setattr(private, "UNKNOWN_LINKS", 10**9)


@pytest.fixture
def rows(db: None, unlimited: None) -> None:
    """The same rows and pages in every test: all have the keys of tests.crawl.endpoints."""
    create_rows()
    create_rows_of_today()
    french = make_catalogue()["fr"]
    french.get_parent().specific.add_child(instance=ContactPage(title="Contact", slug="contact", locale=french.locale))


@cache
def crawl() -> tuple[list[OpenForm], set[str]]:
    """The forms, and the names of the classes behind them. Read once, while the rows of the first test stand."""
    shown: set[str] = set()
    original = PublicForm.__init__

    def noted(self: PublicForm, *args: Any, **kwargs: Any) -> None:
        shown.add(type(self).__name__)
        original(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PublicForm, "__init__", noted)
        return open_forms(), shown


@pytest.fixture
def forms(rows: None) -> list[OpenForm]:
    return crawl()[0]


def send(client: Client, form: OpenForm, values: dict[str, Any]) -> Any:
    return client.post(form.action, values) if form.method == "post" else client.get(form.action, values)


def send_raw(client: Client, form: OpenForm, body: bytes, kind: str = URLENCODED) -> Any:
    if form.method == "post":
        return client.generic("POST", form.action, body, kind)
    return client.generic("GET", f"{form.action}?{body.decode('latin-1')}")


def faults(response: Any) -> str:
    """What is wrong with an answer: a failure, or a refusal without a page that says why."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    if response.status_code in {400, 403, 404, 410, 422, 429}:
        html = response.content.decode()
        if "<h1" not in html or "<html lang=" not in html:
            return f"{response.status_code} without a page"
        if response.status_code == 422 and 'class="error-summary"' not in html:
            return "422 without an error summary"
    return ""


def in_turn(names: list[str], number: int, of: int) -> list[str]:
    """The fields that kind `number` of `of` is put into: the kinds take turns, and a form of few fields has one for each kind."""
    if EVERY_FIELD:
        return names
    return [name for place, name in enumerate(names) if place % of == number % min(of, len(names))]


def try_all(forms: list[OpenForm], attempts: Any) -> dict[str, str]:
    """Sends every attempt to every form. Shape: {form and attempt: what went wrong}."""
    wrong = {}
    for form in forms:
        for name, answer in attempts(form):
            if fault := faults(answer):
                wrong[f"{form.method} {form.action} · {name}"] = fault
    return wrong


def test_the_crawl_finds_the_forms_of_the_site(forms: list[OpenForm]) -> None:
    posts = {form.action.split("/")[2] for form in forms if form.method == "post" and form.action.startswith("/fr/")}
    assert {"inscription", "mon-inscription", "prevenez-moi", "contact"} <= posts
    assert "/account/login/" in {form.action for form in forms}
    assert {"/fr/recherche/", "/fr/verifier-une-attestation/"} <= {form.action for form in forms if form.method == "get"}


def test_no_public_form_is_missed(rows: None) -> None:
    """Each class of form is shown at a URL or a page of the crawl. Is yours not? Make its row in tests/<app>/factories.py, so that
    `tests.crawl.endpoints.create_rows` finds it."""
    assert {form.__name__ for form in concrete(PublicForm)} - crawl()[1] == set()


def concrete(base: type[PublicForm]) -> Iterator[type[PublicForm]]:
    """The forms of our code that have a scope of their own; bases and mixins have none."""
    for each in base.__subclasses__():
        if "scope" in each.__dict__ and not each.__module__.startswith("tests."):
            yield each
        yield from concrete(each)


@pytest.mark.parametrize("kind", BAD_WORDS)
def test_bad_words_in_any_field(forms: list[OpenForm], kind: str) -> None:
    client = Client()

    def attempts(form: OpenForm) -> Iterator[tuple[str, Any]]:
        yield "all fields", send(client, form, dict(form.values) | dict.fromkeys(form.names, BAD_WORDS[kind]))
        # One at a time as well, so that the others do not stop the form before this one is looked at.
        one_by_one = in_turn(form.names, ONE_BY_ONE.index(kind), len(ONE_BY_ONE)) if kind in ONE_BY_ONE else []
        for name in one_by_one:
            yield name, send(client, form, form.filled(**{name: BAD_WORDS[kind]}))

    assert try_all(forms, attempts) == {}


@pytest.mark.parametrize("kind", BAD_BYTES)
def test_bytes_that_are_no_text(forms: list[OpenForm], kind: str) -> None:
    client = Client()

    def attempts(form: OpenForm) -> Iterator[tuple[str, Any]]:
        for name in in_turn(form.names, list(BAD_BYTES).index(kind), len(BAD_BYTES)):
            kept = "&".join(f"{key}={quote(value)}" for key, value in form.values if key != name)
            yield name, send_raw(client, form, f"{kept}&{name}=".encode() + b"a" + BAD_BYTES[kind] + b"b@example.org")
        # A name nobody knows, whichever field it was of.
        for name in form.names[:1]:
            yield f"name of {name}", send_raw(client, form, name.encode() + BAD_BYTES[kind] + b"=x")

    assert try_all(forms, attempts) == {}


def test_other_shapes_than_one_word_a_field(forms: list[OpenForm]) -> None:
    """Lists, files, other formats, broken bodies, more fields than anybody fills in."""
    client = Client()

    def attempts(form: OpenForm) -> Iterator[tuple[str, Any]]:
        yield "lists", send(client, form, {name: [value, "x", "y"] for name, value in form.values})
        yield "brackets", send(client, form, {f"{name}[]": "x" for name in form.names} | {f"{name}[a][b]": "x" for name in form.names})
        yield "nothing at all", send_raw(client, form, b"")
        if form.method == "post":
            files = {name: SimpleUploadedFile("x.txt", b"x") for name in form.names}
            yield "files", client.post(form.action, dict(form.values) | files)
            yield "JSON", client.post(form.action, form.filled(), content_type="application/json")
            yield "broken multipart", send_raw(client, form, b"--x\r\nbroken", "multipart/form-data; boundary=y")
            yield "no boundary", send_raw(client, form, b"x", "multipart/form-data")
            yield "unknown encoding", send_raw(client, form, b"name=x", f"{URLENCODED}; charset=klingon")
            yield "too many fields", send_raw(client, form, b"&".join(b"f%d=x" % number for number in range(1500)))
            yield "too large", send_raw(client, form, b"message=" + b"x" * 3_000_000)

    assert try_all(forms, attempts) == {}


def test_forged_stamps_and_filled_honeypots(forms: list[OpenForm]) -> None:
    client = Client()

    def attempts(form: OpenForm) -> Iterator[tuple[str, Any]]:
        if "started" in dict(form.values):
            for stamp in ("", "0", "forged:x:y", "é" * 500):
                yield stamp, send(client, form, form.filled(started=stamp))
            yield "honeypot", send(client, form, form.filled(website="https://robot.example.org/"))

    assert try_all(forms, attempts) == {}


def test_a_form_without_its_token_is_refused_in_words(forms: list[OpenForm]) -> None:
    """And says that nothing was sent. Forms that carry no token act by the key in their address or write to an address."""
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    with_token = [form for form in forms if form.method == "post" and form.has_token]
    assert with_token
    for form in with_token:
        answer = strict.post(form.action, form.filled(csrfmiddlewaretoken="x" * 64))
        assert answer.status_code == 403, form.action
        assert faults(answer) == ""


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW"])
def test_methods_no_browser_uses(forms: list[OpenForm], method: str) -> None:
    client = Client()
    statuses = {form.action: client.generic(method, form.action).status_code for form in forms}
    assert {action: status for action, status in statuses.items() if status >= 500} == {}


def test_links_with_a_wrong_key_lead_to_a_page_that_says_so(db: None, unlimited: None) -> None:
    """Keys that never existed, whatever form or file they should lead to."""
    client = Client(headers={"accept-language": "fr"})
    secret = [endpoint for endpoint in all_endpoints() if TOKEN[:20] in endpoint.path or "ssssss" in endpoint.path]
    assert len(secret) >= 6
    for endpoint in secret:
        for answer in (client.get(endpoint.path), client.post(endpoint.path, {"x": "y"})):
            assert answer.status_code in {403, 404, 405, 410} or endpoint.name.startswith(NEUTRAL), endpoint.path
            assert answer.status_code == 405 or "<h1" in answer.content.decode(), endpoint.path
