"""Three languages on every page: the switcher, the addresses robots compare, menus and footer of each."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from core.models import SiteTexts
from home.models import NewsIndexPage, StandardPage
from tests.core.factories import SiteTextsFactory, UserFactory
from tests.home.factories import add_page, add_pages, home_of
from tests.versions import version_of

pytestmark = pytest.mark.django_db


def switches(html: str) -> dict[str, str]:
    """Where the switcher leads. Shape: {language: address}."""
    part = html[html.index('class="languages"') :]
    return {
        code: address.replace("&amp;", "&") for address, code in re.findall(r'<a href="([^"]+)" lang="(\w+)"', part[: part.index("</nav>")])
    }


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))


class TestSwitcher:
    def test_it_stays_on_the_page_and_keeps_the_query(self, client: Client) -> None:
        pages = add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws", en="News")
        html = client.get(f"{pages['fr'].url}?page=1&x=%C3%A9").content.decode()
        assert switches(html) == {language: f"{page.url}?page=1&x=%C3%A9" for language, page in pages.items()}
        assert re.search(r'lang="fr" hreflang="fr" aria-current="true"', html)

    def test_a_language_the_page_does_not_exist_in_leads_to_the_nearest_page_above(self, client: Client) -> None:
        """The switcher never leads to another page in silence: it says which; robots are told of no such page."""
        sections = add_pages(StandardPage, fr="À propos", nl="Over ons")
        pages = add_pages(StandardPage, parents=dict(sections), fr="Membres", nl="Leden")
        pages["nl"].unpublish()
        html = client.get(f"{pages['fr'].url}?page=2").content.decode()
        assert switches(html) == {"fr": f"{pages['fr'].url}?page=2", "nl": sections["nl"].url, "en": "/en/"}
        assert re.search(r'lang="nl" hreflang="nl"\s+class="languages__nearest" title="Over ons"', html)
        assert set(alternates(html)) == {"fr", "x-default"}

    def test_a_language_without_any_page_is_left_out(self, client: Client) -> None:
        page = add_page(StandardPage(title="À propos"))
        for language in ("nl", "en"):
            home_of(language).unpublish()
        assert 'class="languages"' not in client.get(page.url).content.decode(), "one language alone is no choice"

    def test_views_have_a_translated_address(self, client: Client) -> None:
        home_of()
        html = client.get("/fr/recherche/?q=a").content.decode()
        assert switches(html) == {"fr": "/fr/recherche/?q=a", "nl": "/nl/zoeken/?q=a", "en": "/en/search/?q=a"}

    def test_a_missing_page_can_still_be_read_about_in_each_language(self, client: Client) -> None:
        home_of()
        for language in ("fr", "nl", "en"):
            response = client.get(f"/{language}/nowhere/")
            assert response.status_code == 404
            assert f'<html lang="{language}">' in response.content.decode()


class TestAddressesForRobots:
    def test_each_page_names_itself_and_its_other_languages(self, client: Client) -> None:
        pages = add_pages(StandardPage, fr="À propos", nl="Over ons", en="About us")
        expected = {language: f"http://testserver{page.url}" for language, page in pages.items()}
        for language, page in pages.items():
            html = client.get(f"{page.url}?utm_source=x").content.decode()
            assert alternates(html) == expected | {"x-default": expected["fr"]}
            assert f'<link rel="canonical" href="{expected[language]}">' in html


class TestMenusAndFooter:
    """One row a language; a link chosen once, in French, leads to the reader's language."""

    @pytest.fixture
    def pages(self) -> dict[str, StandardPage]:
        pages = add_pages(StandardPage, fr="À propos", nl="Over ons", en="About us")
        link = {"page": pages["fr"].pk, "url": "", "text": ""}
        for language, strapline in (("fr", "Relier"), ("nl", "Verbinden")):
            SiteTextsFactory(
                language=language,
                strapline=strapline,
                main_menu=[("entry", {"link": link | {"page": pages["fr"]}, "children": []})],
                footer_menu=[
                    ("entry", {"link": {"page": None, "url": "https://example.org/", "text": f"Site ami {language}"}, "children": []})
                ],
                crisis_text="Appelez le 112" if language == "fr" else "Bel 112",
            )
        return pages

    def test_each_language_has_its_own_words(self, client: Client, pages: dict[str, StandardPage]) -> None:
        french, dutch = (client.get(f"/{language}/").content.decode() for language in ("fr", "nl"))
        for words, html, other in (
            (("Relier", "Appelez le 112", "Site ami fr"), french, dutch),
            (("Verbinden", "Bel 112", "Site ami nl"), dutch, french),
        ):
            for word in words:
                assert word in html
                assert word not in other

    def test_menu_links_follow_the_language(self, client: Client, pages: dict[str, StandardPage]) -> None:
        menu = re.compile(r'class="main-menu".*?</nav>', re.DOTALL)
        found = menu.search(client.get("/nl/").content.decode())
        assert found
        assert f'href="{pages["nl"].url}"' in found[0]
        assert "Over ons" in found[0]

    def test_the_entry_of_the_page_one_reads_is_marked(self, client: Client, pages: dict[str, StandardPage]) -> None:
        html = client.get(pages["fr"].url).content.decode()
        assert f'<a href="{pages["fr"].url}" aria-current="page"' in html

    def test_a_page_that_was_taken_off_leaves_the_menu(self, client: Client, pages: dict[str, StandardPage]) -> None:
        for page in pages.values():
            page.unpublish()
        assert "main-menu" not in client.get("/fr/").content.decode() or "À propos" not in client.get("/fr/").content.decode()

    def test_a_language_without_words_still_has_a_page(self, client: Client, pages: dict[str, StandardPage]) -> None:
        assert client.get("/en/").status_code == 200

    def test_they_are_edited_in_the_admin(self, client: Client, pages: dict[str, StandardPage]) -> None:
        texts = SiteTexts.objects.get(locale__language_code="fr")
        client.force_login(UserFactory(is_superuser=True))
        listing = client.get(reverse("wagtailsnippets_core_sitetexts:list"), {"locale": "fr"})
        assert "Relier" in listing.content.decode()
        address = reverse("wagtailsnippets_core_sitetexts:edit", args=[texts.pk])
        assert client.get(address).status_code == 200
        empty: dict[str, Any] = {"main_menu-count": "0", "footer_menu-count": "0"}
        words = {"strapline": "Relier, soutenir, loger", "address": "", "crisis_text": "", "enrolment_privacy": ""}
        response = client.post(address, empty | words | version_of(client, address))
        assert response.status_code == 302, response.content.decode()[:500]
        assert "Relier, soutenir, loger" in client.get("/fr/").content.decode()

    def test_there_is_one_row_a_language(self, pages: dict[str, StandardPage]) -> None:
        assert SiteTexts.objects.filter(locale=Locale.objects.get(language_code="fr")).count() == 1


def test_breadcrumbs_lead_up_to_the_home_page(client: Client) -> None:
    about = add_page(StandardPage(title="À propos"))
    members = add_page(StandardPage(title="Membres"), about)
    html = client.get(members.url).content.decode()
    crumbs = html[html.index('class="breadcrumbs') :]
    crumbs = crumbs[: crumbs.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/fr/", about.url]


class TestMissingPage:
    def test_its_languages_lead_to_the_nearest_page_above(self, client: Client) -> None:
        pages = add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws", en="News")
        html = client.get(f"{pages['fr'].url}disparue/?x=1").content.decode()
        assert switches(html) == {"fr": f"{pages['fr'].url}disparue/", "nl": pages["nl"].url, "en": pages["en"].url}

    def test_without_a_page_above_they_lead_home(self, client: Client) -> None:
        home_of()
        html = client.get("/nl/nergens/te/vinden/").content.decode()
        assert switches(html) == {"fr": "/fr/", "nl": "/nl/nergens/te/vinden/", "en": "/en/"}
        for address in ("/fr/", "/en/"):
            assert client.get(address).status_code in {200, 404}, "a test has no home page in every language"

    def test_robots_are_told_of_no_other_language_of_it(self, client: Client) -> None:
        home_of()
        html = client.get("/fr/nulle-part/").content.decode()
        assert alternates(html) == {}
        assert "canonical" not in html
        assert '<meta name="robots" content="noindex">' in html


class TestPagesOfAList:
    @pytest.mark.parametrize(
        ("query", "canonical"),
        [
            ("", ""),
            ("?page=1", ""),
            ("?page=2", "?page=2"),
            ("?page=2&theme=x", ""),
            ("?theme=x", ""),
            ("?page=%C2%B2", ""),
            ("?page=-2", ""),
        ],
    )
    def test_a_later_page_names_itself_and_a_filtered_list_the_list(self, client: Client, query: str, canonical: str) -> None:
        pages = add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws")
        html = client.get(f"{pages['fr'].url}{query}").content.decode()
        assert f'<link rel="canonical" href="http://testserver{pages["fr"].url}{canonical}">' in html
        assert alternates(html)["nl"] == f"http://testserver{pages['nl'].url}{canonical}"
