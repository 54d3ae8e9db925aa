"""The report on languages: what is missing, a draft, published untranslated, outdated or up to date, for each page and language."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.models import UntranslatedPage
from core.translation.overview import Standing, with_standings
from home.models import StandardPage
from tests.core.factories import UserFactory
from tests.home.factories import add_pages

pytestmark = pytest.mark.django_db
Family = dict[str, StandardPage]


def published(page: Page, *, days_ago: int) -> None:
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - datetime.timedelta(days=days_ago))


def standing(page: Page) -> tuple[str, str]:
    found = with_standings(Page.objects.all()).get(pk=page.pk)
    return found.standing_nl, found.standing_en


@pytest.fixture
def pages() -> Family:
    pages = add_pages(StandardPage, fr="À propos", nl="Over ons")
    for page in pages.values():
        published(page, days_ago=5)
    return pages


@pytest.fixture
def editor(client: Client) -> Client:
    user = UserFactory()
    user.groups.set(Group.objects.filter(name="Moderators"))
    client.force_login(user)
    return client


class TestStanding:
    def test_up_to_date_here_and_missing_there(self, pages: Family) -> None:
        assert standing(pages["fr"]) == (Standing.LIVE, Standing.MISSING)

    def test_a_draft(self, pages: Family) -> None:
        pages["nl"].unpublish()
        assert standing(pages["fr"])[0] == Standing.DRAFT

    def test_outdated_once_the_source_was_published_again_until_the_translation_was(self, pages: Family) -> None:
        published(pages["fr"], days_ago=1)
        assert standing(pages["fr"])[0] == Standing.OUTDATED
        published(pages["nl"], days_ago=0)
        assert standing(pages["fr"])[0] == Standing.LIVE

    def test_published_untranslated(self, pages: Family) -> None:
        UntranslatedPage.objects.create(page=pages["nl"], language="fr")
        assert standing(pages["fr"])[0] == Standing.AS_IT_IS

    def test_an_alias_is_no_translation(self, pages: Family) -> None:
        home = pages["fr"].get_parent().get_translations().get(locale__language_code="en")
        pages["fr"].create_alias(parent=home, update_locale=home.locale, reset_translation_key=False)
        assert standing(pages["fr"])[1] == Standing.MISSING

    def test_a_draft_in_french_asks_for_no_translation(self, pages: Family) -> None:
        pages["fr"].unpublish()
        assert not with_standings(Page.objects.all()).filter(pk=pages["fr"].pk).exists()


class TestReport:
    def test_each_cell_leads_to_the_work(self, editor: Client, pages: Family) -> None:
        html = editor.get(reverse("core_translation:languages")).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[pages["nl"].pk]) in html
        assert f"{reverse('wagtail_localize:submit_page_translation', args=[pages['fr'].pk])}?select_locale=en" in html

    def test_it_is_filtered_by_language_and_standing_and_counts_all(self, editor: Client, pages: Family) -> None:
        outdated = add_pages(StandardPage, fr="Nos équipes", nl="Onze teams")
        published(outdated["nl"], days_ago=5)
        published(outdated["fr"], days_ago=1)
        response = editor.get(reverse("core_translation:languages"), {"in_nl": "outdated"})
        assert [page.title for page in response.context["object_list"]] == ["Nos équipes"]
        counts = {language: dict(standings) for language, standings in response.context["counts"]}
        assert counts["nl"][Standing.OUTDATED] == 1
        missing = editor.get(reverse("core_translation:languages"), {"in_en": "missing"})
        assert counts["en"][Standing.MISSING] == len(missing.context["object_list"]) > 1

    def test_it_can_be_taken_along(self, editor: Client, pages: Family) -> None:
        response = editor.get(reverse("core_translation:languages"), {"export": "xlsx"})
        assert response.status_code == 200
        assert b"".join(response.streaming_content if response.streaming else [response.content])

    def test_it_is_in_the_menu_of_those_who_work_on_pages(self, editor: Client, pages: Family) -> None:
        assert reverse("core_translation:languages") in editor.get("/admin/").content.decode()

    @pytest.mark.parametrize("group", ["Coordinator", "Trainer", "Map"])
    def test_control_it_names_nothing_to_others(self, client: Client, pages: Family, group: str) -> None:
        user = UserFactory()
        user.groups.set(Group.objects.filter(name=group))
        client.force_login(user)
        assert client.get(reverse("core_translation:languages")).status_code in {302, 403}
        assert reverse("core_translation:languages") not in client.get("/admin/").content.decode()
