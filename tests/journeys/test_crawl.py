"""Every public page, as a robot and as a browser meet it."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from lxml import html

from tests.serving import Served

LANGUAGES = {"fr", "nl", "en"}
READERS = 12
# The address of an issue in the archive: its number and its month.
ISSUE = re.compile(r"/\d+-\d{4}-\d{2}/$")
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
Tree = ElementTree.Element


@pytest.fixture(scope="module")
def client(site: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, follow_redirects=False, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def sitemap(client: httpx.Client) -> dict[str, dict[str, str]]:
    """Address of a page → its languages."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", namespaces=SITEMAP)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SITEMAP)
        }
        for url in tree.findall("s:url", SITEMAP)
    }


@pytest.fixture(scope="module")
def answers(client: httpx.Client, sitemap: dict[str, dict[str, str]]) -> dict[str, httpx.Response]:
    """Read by several at once, whatever the language: no thread of the server may lend another one its language."""
    return fetched(client, sitemap)


def fetched(client: httpx.Client, addresses: Iterable[str], **options: bool) -> dict[str, httpx.Response]:
    """{address: its answer}."""
    addresses = list(addresses)
    with ThreadPoolExecutor(READERS) as pool:
        return dict(zip(addresses, pool.map(lambda address: client.get(address, **options), addresses), strict=True))


@pytest.fixture(scope="module")
def trees(answers: dict[str, httpx.Response]) -> dict[str, Tree]:
    """As elements of the standard library's shape; without comments, which are no elements."""
    parser = html.HTMLParser(remove_comments=True, encoding="utf-8")
    return {url: html.document_fromstring(answer.content, parser=parser) for url, answer in answers.items()}


def test_every_page_exists_in_three_languages(sitemap: dict[str, dict[str, str]]) -> None:
    """But for the newsletter: an issue has the editions its officer wrote, and says before it leaves who gets none (docs/newsletter.md)."""
    assert len(sitemap) > 3 * 80
    incomplete = {url: set(versions) for url, versions in sitemap.items() if set(versions) != LANGUAGES}
    assert {url: versions for url, versions in incomplete.items() if not ISSUE.search(url) or "fr" not in versions} == {}


def test_every_page_answers(answers: dict[str, httpx.Response]) -> None:
    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 200} == {}


def test_the_languages_of_a_page_name_one_another(sitemap: dict[str, dict[str, str]], trees: dict[str, Tree]) -> None:
    wrong = {}
    for url, tree in trees.items():
        named = {link.get("hreflang"): link.get("href") for link in tree.iter("link") if link.get("hreflang")}
        if {code: named[code] for code in LANGUAGES & named.keys()} != sitemap[url] or named.get("x-default") != sitemap[url]["fr"]:
            wrong[url] = named
    assert wrong == {}


def test_each_page_says_its_language_title_and_summary(trees: dict[str, Tree]) -> None:
    wrong = []
    for url, tree in trees.items():
        language = urlsplit(url).path.split("/")[1]
        title = tree.findtext(".//title") or ""
        description = [meta for meta in tree.iter("meta") if meta.get("name") == "description" and meta.get("content")]
        if tree.get("lang") != language or not title.partition(" – ")[0].strip() or len(list(tree.iter("h1"))) != 1 or not description:
            wrong.append(url)
    assert wrong == []


def test_no_page_names_another_site(trees: dict[str, Tree]) -> None:
    """Plain links may leave; nothing that a browser loads by itself does."""
    loaded = [
        (url, target)
        for url, tree in trees.items()
        for element in tree.iter()
        for target in [element.get("src") or (element.get("href") if element.tag in {"link", "use"} else None)]
        if target and element.get("rel") not in {"canonical", "alternate"} and urlsplit(urljoin(url, target)).netloc != urlsplit(url).netloc
    ]
    assert loaded == []


def test_pages_without_a_form_set_no_cookie(answers: dict[str, httpx.Response]) -> None:
    with_cookie = {url for url, answer in answers.items() if "set-cookie" in answer.headers and 'method="post"' not in answer.text}
    assert with_cookie == set()


def test_every_page_carries_the_strict_policy(answers: dict[str, httpx.Response]) -> None:
    policies = {answer.headers["content-security-policy"] for answer in answers.values()}
    assert all("default-src 'none'" in policy and "unsafe" not in policy for policy in policies)


def test_no_page_styles_or_scripts_itself_inline(trees: dict[str, Tree]) -> None:
    inline = [
        url
        for url, tree in trees.items()
        for element in tree.iter()
        if element.get("style") or any(name.startswith("on") for name in element.attrib)
    ]
    assert inline == []


def test_every_internal_link_leads_somewhere(client: httpx.Client, trees: dict[str, Tree]) -> None:
    targets: dict[str, str] = {}
    for url, tree in trees.items():
        for link in tree.iter("a"):
            target = urljoin(url, link.get("href") or "")
            if urlsplit(target).netloc == urlsplit(url).netloc and not urlsplit(target).query:
                targets.setdefault(target.partition("#")[0], url)
    answers = fetched(client, targets, follow_redirects=True)
    broken = {target: (targets[target], answer.status_code) for target, answer in answers.items() if answer.status_code not in {200, 410}}
    assert broken == {}


def test_ids_are_unique_and_anchors_exist(trees: dict[str, Tree]) -> None:
    faults = []
    for url, tree in trees.items():
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        doubles = {each for each in ids if ids.count(each) > 1}
        anchors = {str(link.get("href"))[1:] for link in tree.iter("a") if str(link.get("href")).startswith("#")}
        missing = anchors - set(map(str, ids)) - {""}
        if doubles or missing:
            faults.append((url, doubles, missing))
    assert faults == []


def test_figures_have_at_most_two_decimals(trees: dict[str, Tree]) -> None:
    """Nobody counts money or people to a thousandth: more decimals than two are a mistake of ours."""
    dusty = {
        url: figures
        for url, tree in trees.items()
        if (figures := re.findall(r"\d[,.]\d{4,}", " ".join(_text(tree.find("body"), url.split("/")[3]))))
    }
    assert dusty == {}


def test_no_french_is_left_on_dutch_and_english_pages(trees: dict[str, Tree]) -> None:
    """Words only French has, outside parts that say they are French."""
    telltale = re.compile(r"\b(les|des|une|avec|pour|dans|vous|nous|cette|sont)\b", re.IGNORECASE)
    suspicious = {}
    for url, tree in trees.items():
        if "/fr/" in url:
            continue
        words = telltale.findall(" ".join(_text(tree.find("body"), url.split("/")[3])))
        if len(words) > 12:
            suspicious[url] = sorted(set(words))
    assert suspicious == {}


def _text(element: Tree | None, language: str) -> Iterator[str]:
    if element is None or element.tag == "script" or (element.get("lang") or language) != language:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _text(child, language)
        if child.tail:
            yield child.tail
