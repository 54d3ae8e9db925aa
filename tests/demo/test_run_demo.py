"""`make demo` on a fresh folder: SQLite, site and worker, all in one command."""

import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from lxml import html

from demo.builders.people import STAFF
from tests.databases import url_of
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.words import WORDS
from tests.serving import ROOT, Served, environment_of, free_port, served

LOGIN = re.compile(r"^  (\w[\w ]*?) +(\S+@example\.org) +(\S+)$", re.MULTILINE)
OURS = ("core_", "home_", "trainings_", "publications_", "newsletter_", "cartography_", "wagtailcore_")
MOVING = ("core_attempt", "core_duty")  # counters of limits, which the other tests here cause; the worker adds its duties

both_languages = pytest.mark.parametrize("language", ["fr", "nl"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture
def browser_less(demo: Served) -> Iterator[httpx.Client]:
    """Somebody who keeps cookies and follows redirects."""
    with httpx.Client(base_url=demo.url, follow_redirects=True, timeout=30) as client:
        yield client


def send(client: httpx.Client, path: str, **typed: str) -> httpx.Response:
    """Fills in the form of a page as a person does, its hidden fields included; not quicker than a timed form allows."""
    page = html.document_fromstring(client.get(path).content, base_url=str(client.base_url))
    form = next(form for form in page.forms if form.method == "POST" and set(typed) <= set(form.fields))
    if "started" in form.fields:
        time.sleep(2.1)
    return client.post(form.action or path, data=dict(form.form_values()) | typed)


def rows(demo: Served) -> dict[str, int]:
    """How many rows each table of ours and of the page tree has."""
    with sqlite3.connect(demo.folder / "smes.sqlite3") as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        ours = [name for name in tables if name.startswith(OURS) and name not in MOVING]
        return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in ours}


def test_it_says_when_it_is_ready_and_how_to_log_in(demo: Served) -> None:
    assert re.search(r"^ready: http://localhost:\d+/$", demo.output, re.MULTILINE), demo.output
    printed = [(role, address) for role, address, _password in LOGIN.findall(demo.output)]
    assert printed == [(role, address) for address, _name, _group, role in STAFF]
    assert len(printed) == 9


def test_its_addresses_come_last_and_alone(demo: Served) -> None:
    """Lines of the log would push them out of sight."""
    after = demo.output.partition("\n  site  ")[2]
    last = [line for line in after.splitlines() if line.strip()]
    assert last[-1].startswith("ready: ")
    assert not re.search(r"^\d{4}-\d\d-\d\d .* INFO ", demo.output, re.MULTILINE)


def test_a_database_that_does_not_exist_is_said_in_a_sentence(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, url_of("smes_of_nobody")) | {"PORT": str(free_port())}
    asked = subprocess.run(
        [sys.executable, "manage.py", "run_demo"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1
    assert "The database “smes_of_nobody” cannot be opened" in asked.stderr
    assert "Traceback" not in asked.stderr


@pytest.mark.parametrize("address", [address for address, *_others in STAFF])
def test_each_login_it_prints_opens_the_back_office(demo: Served, browser_less: httpx.Client, address: str) -> None:
    password = {printed: password for _role, printed, password in LOGIN.findall(demo.output)}[address]
    outside = browser_less.get("/admin/")
    assert "/account/login/" in str(outside.url)
    inside = send(browser_less, "/account/login/?next=/admin/", login=address, password=password)
    assert inside.status_code == 200
    assert inside.url.path == "/admin/"
    assert "/admin/logout/" in inside.text


@pytest.mark.parametrize("path", ["/fr/", "/nl/", "/en/", "/fr/formations/", "/nl/opleidingen/", "/en/trainings/", "/mailbox/", "/healthz"])
def test_it_serves_the_site(demo: Served, path: str) -> None:
    answer = httpx.get(demo.url + path, follow_redirects=True)
    assert answer.status_code == 200, answer.text[:500]


def test_its_worker_does_its_timed_duties(demo: Served) -> None:
    deadline = time.monotonic() + 30
    done: list[tuple[str]] = []
    while not done and time.monotonic() < deadline:
        with sqlite3.connect(demo.folder / "smes.sqlite3") as database:
            done = database.execute("select last_error from core_duty where name = 'publish_scheduled' and last_run_at not null").fetchall()
    assert done == [("",)]


def test_connections_on_which_nobody_speaks_keep_no_reader_waiting(demo: Served) -> None:
    """A browser opens up to six ahead of need."""
    with ExitStack() as silent:
        for _connection in range(6):
            silent.enter_context(socket.create_connection(("localhost", int(demo.url.rpartition(":")[2]))))
        assert httpx.get(f"{demo.url}/healthz", timeout=15).status_code == 200


def test_its_pages_are_compressed(demo: Served) -> None:
    assert httpx.get(f"{demo.url}/fr/formations/").headers["content-encoding"] in {"gzip", "br"}


def test_fifty_modules_stand_in_each_catalogue_those_not_publicly_known_with_their_mark(demo: Served) -> None:
    with sqlite3.connect(demo.folder / "smes.sqlite3") as database:
        found = database.execute(
            "select l.language_code, count(*), sum(o.is_example) from trainings_modulepage m "
            "join wagtailcore_page p on p.id = m.page_ptr_id join wagtailcore_locale l on l.id = p.locale_id "
            "join trainings_module o on o.id = m.module_id where p.live group by 1 order by 1"
        ).fetchall()
    assert found == [("en", 50, 46), ("fr", 50, 46), ("nl", 50, 46)]


def test_the_mark_of_an_example_is_seen_in_the_catalogue_and_on_the_sheet(browser_less: httpx.Client) -> None:
    catalogue = html.document_fromstring(browser_less.get("/fr/formations/?q=rue").content)
    cards = [card for card in catalogue.find_class("card") if card.find_class("mark-example")]
    assert cards
    [link, *_others] = [link.get("href") for link in cards[0].iter("a")]
    assert html.document_fromstring(browser_less.get(link).content).find_class("mark-example")


@both_languages
def test_the_catalogue_finds_a_word_without_its_accent(browser_less: httpx.Client, language: str) -> None:
    words = WORDS[language]
    page = html.document_fromstring(browser_less.get(words.catalogue, params={"q": words.without_accent}).content)
    titles = [" ".join(title.text_content().replace("\u00a0", " ").split()) for title in page.find_class("card__title")]
    assert words.found in titles
    assert len(titles) < 20, "it was searched, not listed"


@pytest.mark.parametrize(
    ("path", "word", "found"),
    [("/fr/recherche/", "precarite", "précarité"), ("/fr/recherche/", "prevenir", "Prévenir"), ("/nl/zoeken/", "waanideeen", "Psychose")],
)
def test_the_search_of_the_site_finds_a_word_without_its_accent(browser_less: httpx.Client, path: str, word: str, found: str) -> None:
    page = html.document_fromstring(browser_less.get(path, params={"q": word}).content)
    results = [" ".join(result.text_content().split()) for result in page.find_class("result-list__item")]
    assert any(found in result for result in results), results
    nothing = html.document_fromstring(browser_less.get(path, params={"q": "zzzz"}).content)
    assert not nothing.find_class("result-list__item")


# Each made one of the two databases stumble: SQLite reads quotes and operators as a query language of its own.
HOSTILE = ['"', '"housing first"', "l'hébergement", "cœur", "coeur", "NEAR(", "a AND", "-*", "()", ":x", "…", "%", "\\", "'; --", "ß" * 300]


@pytest.mark.parametrize("path", ["/fr/recherche/", "/fr/formations/", "/fr/publications/", "/fr/support/carte-pair-aidance/"])
def test_no_string_upsets_a_search_of_the_embedded_database(browser_less: httpx.Client, path: str) -> None:
    assert {typed: answer for typed in HOSTILE if (answer := browser_less.get(path, params={"q": typed}).status_code) != 200} == {}


def test_quotes_elisions_and_ligatures_find_the_same_on_the_embedded_database(browser_less: httpx.Client) -> None:
    def hits(typed: str) -> int:
        return len(
            html.document_fromstring(browser_less.get("/fr/recherche/", params={"q": typed}).content).find_class("result-list__item")
        )

    assert hits('"housing first"') == hits("housing first") > 0
    assert hits("l'hébergement") == hits("hebergement") > 0


@pytest.mark.parametrize(("path", "word"), [("/nl/publicaties/", "muilkorf"), ("/fr/publications/", "museliere")])
def test_the_library_finds_a_word_that_stands_in_a_file_only(browser_less: httpx.Client, path: str, word: str) -> None:
    page = html.document_fromstring(browser_less.get(path, params={"q": word}).content)
    [hit] = [mark for book in page.find_class("book__hit") for mark in book.iter("mark")]
    assert hit.text_content().lower().replace("è", "e") == word
    assert len(page.find_class("book")) == 1


@both_languages
def test_an_enrolment_gets_its_receipt_and_its_mail(demo: Served, browser_less: httpx.Client, language: str) -> None:
    words, address = WORDS[language], f"alix.{language}@example.org"
    sheet = html.document_fromstring(browser_less.get(f"{words.catalogue}{words.slug}/").content)
    form = next(link.get("href") for cell in sheet.find_class("session__action") for link in cell.iter("a"))
    receipt = send(browser_less, form, name="Alix Exemple", email=address, organisation="Résad")
    assert receipt.status_code == 200
    heading = html.document_fromstring(receipt.content).findtext(".//h1") or ""
    assert words.confirmed in heading

    mail = wait_for_mail(demo.folder, address)
    assert words.confirmed in text_of(mail)
    assert address in browser_less.get("/mailbox/").text
    manage = next(link for link in links_of(mail) if len(link) > 60)
    assert words.confirmed in browser_less.get(manage).text


def test_loading_the_demo_again_loads_nothing(demo: Served) -> None:
    before = rows(demo)
    assert before["trainings_module"] == 50
    again = subprocess.run(
        [sys.executable, "manage.py", "load_demo"], cwd=ROOT, env=environment_of(demo.folder), capture_output=True, text=True, timeout=300
    )
    assert again.returncode == 0, again.stderr
    assert "nothing loaded" in again.stdout
    assert rows(demo) == before
