"""The pages an answer links to: read together, in the reader's language, and never one that is not public."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core.pages.linked_pages import LinkedPages, linked_pages
from home.models import HomePage, StandardPage
from tests.core.factories import SiteTextsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    page = HomePage(title="Smes", slug="accueil", locale=Locale.objects.get_or_create(language_code="fr")[0])
    Page.get_first_root_node().add_child(instance=page)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


@pytest.fixture
def about(home: HomePage) -> StandardPage:
    page = StandardPage(title="À propos", slug="a-propos")
    home.add_child(instance=page)
    return page


def in_dutch(page: Page, *, live: bool = True) -> Page:
    """A translation, its parents included."""
    Locale.objects.get_or_create(language_code="nl")
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(Locale.objects.get(language_code="nl")):
        in_dutch(parent.specific)
    translated = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    translated.slug, translated.live = f"{page.slug}-nl", live
    translated.save()
    return translated


def with_menu(*pages: Page) -> None:
    entries = [{"type": "entry", "value": {"link": {"page": page.pk, "url": "", "text": ""}, "children": []}} for page in pages]
    SiteTextsFactory(main_menu=entries)


def test_a_page_is_found_in_the_readers_language(about: StandardPage) -> None:
    dutch = in_dutch(about)
    known = LinkedPages()
    assert known.in_language(about.pk, "nl") == dutch.page_ptr
    assert known.in_language(about.pk, "en") == about.page_ptr, "what is not translated leads to the page that was chosen"
    assert set(known.versions(about.pk)) == {"fr", "nl"}


def test_a_draft_is_offered_to_nobody(about: StandardPage) -> None:
    in_dutch(about, live=False)
    known = LinkedPages()
    assert known.in_language(about.pk, "nl") == about.page_ptr
    about.unpublish()
    assert LinkedPages().in_language(about.pk, "nl") is None


def test_a_page_that_is_gone_is_asked_for_once(about: StandardPage) -> None:
    known = LinkedPages()
    assert known.in_language(987_654, "fr") is None
    with CaptureQueriesContext(connection) as queries:
        assert known.in_language(987_654, "fr") is None
    assert len(queries) == 0


def test_whoever_asks_first_brings_the_menus_along(home: HomePage, about: StandardPage) -> None:
    with_menu(home, about)
    request: HttpRequest = RequestFactory().get("/fr/")
    with translation.override("fr"), CaptureQueriesContext(connection) as queries:
        known = linked_pages(request)
        assert known.in_language(about.pk, "fr")
        assert known.in_language(home.pk, "fr")
    assert len(queries) == 2, "the row of the menus, and all pages at once"


def test_two_requests_share_nothing(home: HomePage, about: StandardPage) -> None:
    with_menu(about)
    with translation.override("fr"):
        assert linked_pages(RequestFactory().get("/")).in_language(about.pk, "fr")
        about.unpublish()
        assert linked_pages(RequestFactory().get("/")).in_language(about.pk, "fr") is None


def test_a_private_page_stays_private_although_it_is_found_at_once(about: StandardPage, client: Client) -> None:
    assert client.get("/fr/a-propos/").status_code == 200
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/fr/a-propos/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
