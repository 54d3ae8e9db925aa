"""Who looks after publications is told to make a page: she may, and a link leads there."""

import pytest
from django.test import Client
from django.urls import reverse

from publications.models import LibraryPage
from tests.publications.backoffice.pages import page
from tests.publications.factories import WorkFactory, make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(libraries: dict[str, LibraryPage]) -> dict[str, LibraryPage]:
    """The libraries, published in the admin: with that come the rights."""
    for library in libraries.values():
        library.save_revision().publish()
    return libraries


def test_a_new_publication_leads_to_its_french_page(librarian: Client, published: dict[str, LibraryPage]) -> None:
    add = reverse("wagtailadmin_pages:add", args=["publications", "publicationpage", published["fr"].pk])
    html = page(librarian, "works", WorkFactory())
    assert f'href="{add}"' in html
    assert "Translated from the French page, once there is one" in html
    assert librarian.get(add).status_code == 200


def test_its_other_languages_are_translated_from_it(librarian: Client, published: dict[str, LibraryPage]) -> None:
    work = WorkFactory()
    pages = make_pages(work)
    pages["nl"].delete()
    html = page(librarian, "works", work)
    translate = reverse("wagtail_localize:submit_page_translation", args=[pages["fr"].pk])
    assert f'href="{translate}"' in html
    assert librarian.get(translate).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[pages["fr"].pk])
    assert f'href="{edit}"' in html
    assert librarian.get(edit).status_code == 200


def test_she_writes_below_the_library_and_nowhere_else(librarian: Client, published: dict[str, LibraryPage]) -> None:
    home = published["fr"].get_parent()
    assert librarian.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code != 200


@pytest.mark.control
def test_without_the_right_there_is_no_link_that_would_refuse_her(librarian: Client, libraries: dict[str, LibraryPage]) -> None:
    add = reverse("wagtailadmin_pages:add", args=["publications", "publicationpage", libraries["fr"].pk])
    assert add not in page(librarian, "works", WorkFactory())
    assert librarian.get(add).status_code != 200
