"""A French page is taken down, deleted or moved: its other languages are named, and go along if the editor says so."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from tests.core.factories import UserFactory
from tests.home.factories import add_pages

pytestmark = pytest.mark.django_db
ALL = {"all_languages": "on"}
Family = dict[str, StandardPage]


@pytest.fixture
def pages() -> Family:
    return add_pages(StandardPage, fr="À propos", nl="Over ons", en="About us")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def live(pages: Family) -> set[str]:
    return set(Page.objects.live().filter(pk__in=[page.pk for page in pages.values()]).values_list("locale__language_code", flat=True))


def there(pages: Family) -> set[str]:
    return set(Page.objects.filter(pk__in=[page.pk for page in pages.values()]).values_list("locale__language_code", flat=True))


class TestUnpublishing:
    def address(self, pages: Family, language: str = "fr") -> str:
        return reverse("wagtailadmin_pages:unpublish", args=[pages[language].pk])

    def test_the_other_languages_are_named(self, editor: Client, pages: Family) -> None:
        html = editor.get(self.address(pages)).content.decode()
        assert "Over ons" in html
        assert "About us" in html
        assert 'name="all_languages"' in html

    def test_all_go_at_once_if_chosen(self, editor: Client, pages: Family) -> None:
        assert editor.post(self.address(pages), ALL).status_code == 302
        assert live(pages) == set()

    def test_control_unless_chosen_they_stay(self, editor: Client, pages: Family) -> None:
        editor.post(self.address(pages))
        assert live(pages) == {"nl", "en"}

    def test_a_translation_goes_alone(self, editor: Client, pages: Family) -> None:
        assert "all_languages" not in editor.get(self.address(pages, "nl")).content.decode()
        editor.post(self.address(pages, "nl"), ALL)
        assert live(pages) == {"fr", "en"}

    def test_many_at_once_are_told_what_is_still_public(self, editor: Client, pages: Family) -> None:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        html = editor.post(f"{address}?id={pages['fr'].pk}&next=/admin/", {}, follow=True).content.decode()
        assert live(pages) == {"nl", "en"}
        assert "Over ons (NL)" in html


class TestDeleting:
    def test_the_other_languages_are_named_and_all_go_at_once_if_chosen(self, editor: Client, pages: Family) -> None:
        address = reverse("wagtailadmin_pages:delete", args=[pages["fr"].pk])
        html = editor.get(address).content.decode()
        assert "Over ons" in html
        assert 'name="all_languages"' in html
        assert editor.post(address, ALL).status_code == 302
        assert there(pages) == set()

    def test_control_unless_chosen_they_stay(self, editor: Client, pages: Family) -> None:
        editor.post(reverse("wagtailadmin_pages:delete", args=[pages["fr"].pk]))
        assert there(pages) == {"nl", "en"}


class TestMoving:
    @pytest.fixture
    def above(self) -> Family:
        return add_pages(StandardPage, fr="Le réseau", nl="Het netwerk")

    def address(self, pages: Family, above: Family) -> str:
        return reverse("wagtailadmin_pages:move_confirm", args=[pages["fr"].pk, above["fr"].pk])

    def parents(self, pages: Family) -> dict[str, str]:
        return {language: Page.objects.get(pk=page.pk).get_parent().title for language, page in pages.items()}

    def test_each_moves_below_the_same_page_in_its_language(self, editor: Client, pages: Family, above: Family) -> None:
        """Where there is none it stays, and the editor is told."""
        was = self.parents(pages)
        assert "Over ons" in editor.get(self.address(pages, above)).content.decode()
        html = editor.post(self.address(pages, above), ALL, follow=True).content.decode()
        assert self.parents(pages) == {"fr": "Le réseau", "nl": "Het netwerk", "en": was["en"]}
        assert "English" in html

    def test_control_unless_chosen_they_stay(self, editor: Client, pages: Family, above: Family) -> None:
        was = self.parents(pages)
        editor.post(self.address(pages, above))
        assert self.parents(pages) == was | {"fr": "Le réseau"}
