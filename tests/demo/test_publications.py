"""What the demo's library holds: known works and marked examples, sample files made for it, and no invented number on a real work."""

import io
import re
from collections.abc import Callable, Iterator

import httpx
import pikepdf
import psycopg
import pytest
from bs4 import BeautifulSoup

from publications.identifiers import valid_isbn
from publications.models.works import deposit_number
from tests.serving import Served

Rows = Callable[[str], list[tuple[str, ...]]]
WORKS = "from publications_work w join publications_edition e on e.work_id = w.id "
EXAMPLE = {
    "fr": ("/fr/publications/connect-4-exemple/", "Dépôt légal", ("français", "néerlandais"), ["Arriver", "Attendre"]),
    "nl": ("/nl/publicaties/connect-4-voorbeeld/", "Wettelijk depot", ("Frans", "Nederlands"), ["Aankomen", "Wachten"]),
    "en": ("/en/publications/connect-4-example/", "Legal deposit", ("French", "Dutch"), ["Arriving", "Waiting"]),
}


@pytest.fixture
def rows(site: Served, site_database: str) -> Iterator[Rows]:
    """Reads the served database."""
    with psycopg.connect(site_database, autocommit=True) as connection:
        yield lambda query: connection.execute(query).fetchall()


def test_at_least_twelve_works_each_with_a_page_in_three_languages(rows: Rows) -> None:
    pages = rows(
        "select w.code, count(distinct l.language_code) from publications_work w "
        "join publications_publicationpage p on p.work_id = w.id join wagtailcore_page q on q.id = p.page_ptr_id "
        "join wagtailcore_locale l on l.id = q.locale_id where q.live group by 1"
    )
    assert len(pages) >= 12
    assert {count for _code, count in pages} == {3}
    assert int(rows("select count(*) from publications_work where not is_example")[0][0]) >= 12, "without the invented ones"


def test_connect_5_is_one_bilingual_volume_of_350_copies(rows: Rows) -> None:
    assert rows(
        "select e.languages::text, r.quantity, f.is_sample " + WORKS + "join publications_printrun r on r.edition_id = e.id "
        "join publications_editionfile f on f.id = e.current_file_id where w.code = 'connect-5'"
    ) == [('["fr", "nl"]', 350, True)]


def test_every_sample_can_be_read_aloud_and_says_its_language(site: Served, rows: Rows) -> None:
    """What a PDF reader finds in the files that are handed out, not what we noted about them."""
    samples = rows(
        "select e.reference, e.languages::text, f.is_sample " + WORKS + "join publications_editionfile f on f.id = e.current_file_id "
        "where w.withdrawn_on is null and e.status = 'published'"
    )
    assert len(samples) >= 12
    assert {is_sample for _reference, _languages, is_sample in samples} == {True}
    found = []
    for reference, languages, _is_sample in samples:
        answer = httpx.get(f"{site.url}/files/{reference}/x.pdf", follow_redirects=True)
        with pikepdf.open(io.BytesIO(answer.content)) as document:
            root = document.Root
            assert bool(root.MarkInfo.Marked), reference
            assert "/StructTreeRoot" in root, reference
            assert str(root.Lang) == re.findall(r"\w+", languages)[0]
            found += re.findall(r"\w+", languages)
    assert found.count("fr") >= 5
    assert found.count("nl") >= 5


def test_only_examples_carry_invented_numbers_and_these_are_well_made(rows: Rows) -> None:
    numbers = rows(f"select w.is_example, e.isbn, e.legal_deposit {WORKS} where e.isbn <> '' or e.legal_deposit <> ''")
    assert len(numbers) >= 4
    for is_example, isbn, deposit in numbers:
        assert is_example, "of the real works no number is known"
        assert valid_isbn(isbn)
        assert isbn.startswith("979-9-"), "a group no country has: it can be no book's number"
        assert "/00.000/" in deposit
        deposit_number(deposit)


@pytest.mark.parametrize("language", EXAMPLE)
def test_an_example_shows_its_numbers_and_contents(site: Served, language: str) -> None:
    path, deposit, (french, dutch), contents = EXAMPLE[language]
    soup = BeautifulSoup(httpx.get(site.url + path).text, "html.parser")
    facts = {row.dt.get_text(): row.dd.get_text() for row in soup.select("dl.facts--aside > div") if row.dt and row.dd}
    assert facts[f"ISBN ({french})"] == "979-9-0000-0041-7"
    assert facts[f"{deposit} ({dutch})"] == "D/2023/00.000/42"
    assert [item.get_text(strip=True) for item in soup.select(".book-contents li")][:2] == contents
    assert soup.select(".mark-example"), "marked as what it is"


@pytest.mark.parametrize(
    ("path", "title", "address"),
    [
        ("/fr/publications/connect-5-animaux-et-logement/", "94", "/fr/connect/newsletter/94-2026-10/"),
        ("/nl/publicaties/connect-5-dieren-en-wonen/", "94", "/nl/connect/nieuwsbrief/94-2026-10/"),
        ("/fr/publications/{guide}/", "Comptoir du Canal", "/fr/pair-aidance/lieux/comptoir-du-canal/"),
        ("/nl/publicaties/{guide}/", "Kanaaltoog", "/nl/peerhulp/plekken/comptoir-du-canal/"),
    ],
)
def test_a_work_leads_to_the_issue_and_the_place_it_has_to_do_with(site: Served, rows: Rows, path: str, title: str, address: str) -> None:
    slugs = "select slug from wagtailcore_page p join publications_publicationpage q on q.page_ptr_id = p.id "
    slugs += "join publications_work w on w.id = q.work_id join wagtailcore_locale l on l.id = p.locale_id "
    guide = rows(f"{slugs} where w.code = 'guide-accueil-2022' and l.language_code = '{path[1:3]}'")[0][0]
    soup = BeautifulSoup(httpx.get(site.url + path.format(guide=guide)).raise_for_status().text, "html.parser")
    found = [(link.get_text(), str(link["href"])) for link in soup.select("[aria-labelledby=related-title] h3 a")]
    (target,) = [href for words, href in found if title in words and href.startswith(address)]
    assert httpx.get(site.url + target).status_code == 200
