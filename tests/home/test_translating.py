"""A translation is public as a page of its language once somebody has translated it; not before, and never in silence."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.search import index
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.models import UntranslatedPage
from home.models import NewsIndexPage, NewsPage, StandardPage
from newsletter.issues.sources import Period, proposals
from tests.core.factories import UserFactory
from tests.home.factories import add_page, add_pages, home_of

pytestmark = pytest.mark.django_db
FIELDS = {"intro": "Trois projets reçoivent une aide.", "date": datetime.date(2026, 11, 20)}
# How the title and the introduction read in Dutch.
DUTCH = {"Un nouvel appel": "Een nieuwe oproep", "Trois projets reçoivent une aide.": "Drie projecten krijgen steun."}
Commit = Callable[..., Any]


@pytest.fixture
def indexes() -> dict[str, NewsIndexPage]:
    return add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws", en="News")


@pytest.fixture
def news(indexes: dict[str, NewsIndexPage]) -> NewsPage:
    return add_page(NewsPage(title="Un nouvel appel", **FIELDS), indexes["fr"])


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def into_dutch(editor: Client, page: Page) -> Page:
    """Presses Translate."""
    dutch = Locale.objects.get(language_code="nl")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert editor.post(address, {"locales": [dutch.pk]}).status_code == 302
    return page.get_translation(dutch).specific


def write(page: Page, words: dict[str, str]) -> None:
    """The words of a translator, segment by segment."""
    for segment in StringSegment.objects.filter(source__object_id=page.translation_key).select_related("string"):
        if text := words.get(segment.string.data):
            StringTranslation.objects.create(
                translation_of=segment.string, context=segment.context, locale=page.locale, data=text, translation_type="manual"
            )


def publish(editor: Client, page: Page, commit: Commit) -> Any:
    """Presses Publish in the editor of translations."""
    with commit(execute=True):
        response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    page.refresh_from_db()
    return response


def publish_as_it_is(editor: Client, page: Page, commit: Commit) -> None:
    with commit(execute=True):
        assert editor.post(reverse("core_translation:publish_as_it_is", args=[page.pk])).status_code == 302
    page.refresh_from_db()


def shown_in_dutch(page: Page) -> set[str]:
    """Where a reader of Dutch, a robot or the newsletter meets `page`."""
    index.insert_or_update_object(page.specific)
    places = {
        "list": "/nl/nieuws/",
        "home": "/nl/",
        "search": f"/nl/zoeken/?q={page.title.split()[-1]}",
        "sitemap": "/sitemap.xml",
        "languages": page.get_translations().get(locale__language_code="fr").url,
    }
    found = {name for name, address in places.items() if page.url in Client().get(address).content.decode()}
    start = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    proposed = proposals(Period(start, start + datetime.timedelta(days=29)))
    return found | {"newsletter" for each in proposed if "nl" in each.texts and each.texts["nl"].page_id == page.pk}


EVERYWHERE = {"list", "home", "search", "sitemap", "languages", "newsletter"}


class TestANewTranslation:
    def test_is_a_draft(self, editor: Client, news: NewsPage, django_capture_on_commit_callbacks: Commit) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            dutch = into_dutch(editor, news)
        dutch.refresh_from_db()
        assert not dutch.live
        assert shown_in_dutch(dutch) == set()

    def test_waits_for_the_page_above(self, editor: Client) -> None:
        """wagtail-localize would show the page above in Dutch, in French words, as an alias."""
        above = add_page(StandardPage(title="À propos"))
        below = add_page(StandardPage(title="Membres"), above)
        home_of("nl")
        address = reverse("wagtail_localize:submit_page_translation", args=[below.pk])
        response = editor.post(address, {"locales": [Locale.objects.get(language_code="nl").pk]}, follow=True)
        assert "Traduisez d’abord" in response.content.decode()
        assert not Page.objects.filter(locale__language_code="nl", title__in=["À propos", "Membres"]).exists()


class TestPublishing:
    def test_half_translated_it_is_asked_about(self, editor: Client, news: NewsPage, django_capture_on_commit_callbacks: Commit) -> None:
        dutch = into_dutch(editor, news)
        write(dutch, {"Un nouvel appel": "Een nieuwe oproep"})
        response = publish(editor, dutch, django_capture_on_commit_callbacks)
        assert not dutch.live
        asked = editor.get(response["Location"]).content.decode()
        assert "Trois projets reçoivent une aide." in asked, "it names what is missing"

    def test_wholly_translated_it_is_everywhere(self, editor: Client, news: NewsPage, django_capture_on_commit_callbacks: Commit) -> None:
        dutch = into_dutch(editor, news)
        write(dutch, DUTCH)
        publish(editor, dutch, django_capture_on_commit_callbacks)
        assert dutch.live
        assert dutch.url == "/nl/nieuws/een-nieuwe-oproep/", "its URL is of its language too"
        assert shown_in_dutch(dutch) == EVERYWHERE
        assert not UntranslatedPage.objects.exists()

    def test_many_at_once_are_refused_with_one_that_is_not_translated(self, editor: Client, news: NewsPage) -> None:
        dutch = into_dutch(editor, news)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = editor.post(f"{address}?id={dutch.pk}&next=/admin/", {"include_descendants": ""}, follow=True)
        assert "Un nouvel appel" in response.content.decode()
        dutch.refresh_from_db()
        assert not dutch.live

    def test_who_may_not_publish_may_not_as_it_is(self, editor: Client, news: NewsPage) -> None:
        dutch = into_dutch(editor, news)
        editor.logout()
        editor.force_login(UserFactory())
        assert editor.post(reverse("core_translation:publish_as_it_is", args=[dutch.pk])).status_code in {302, 403}
        dutch.refresh_from_db()
        assert not dutch.live


class TestPublishedAsItIs:
    @pytest.fixture
    def dutch(self, editor: Client, news: NewsPage, django_capture_on_commit_callbacks: Commit) -> Page:
        dutch = into_dutch(editor, news)
        publish_as_it_is(editor, dutch, django_capture_on_commit_callbacks)
        return dutch

    def test_it_can_be_read_and_says_what_it_is(self, dutch: Page) -> None:
        html = Client().get(dutch.url).content.decode()
        assert '<main class="site-main" id="content" tabindex="-1" data-smes-print data-programme=""\n      lang="fr">' in html
        assert "nog niet vertaald" in html

    def test_nothing_offers_it_as_dutch(self, dutch: Page, news: NewsPage) -> None:
        assert dutch.live
        assert shown_in_dutch(dutch) == set()

    def test_control_without_its_mark_it_would_be_everywhere(self, dutch: Page) -> None:
        UntranslatedPage.objects.all().delete()
        assert shown_in_dutch(dutch) == EVERYWHERE

    def test_translated_later_it_is_a_page_like_any_other(
        self, editor: Client, dutch: Page, django_capture_on_commit_callbacks: Commit
    ) -> None:
        write(dutch, DUTCH)
        publish(editor, dutch, django_capture_on_commit_callbacks)
        assert shown_in_dutch(dutch) == EVERYWHERE
        assert "nog niet vertaald" not in Client().get(dutch.url).content.decode()

    def test_published_by_any_other_way_it_is_marked_as_well(self, editor: Client, news: NewsPage) -> None:
        dutch = into_dutch(editor, news)
        dutch.get_latest_revision().publish()
        assert UntranslatedPage.objects.get(page=dutch).language == "fr"

    def test_an_alias_repeats_words_and_has_none(self, news: NewsPage, indexes: dict[str, NewsIndexPage]) -> None:
        alias = news.create_alias(parent=indexes["nl"], update_locale=indexes["nl"].locale, reset_translation_key=False)
        assert alias.live
        assert shown_in_dutch(alias) == set()


class TestChangesOfTheSource:
    @pytest.fixture
    def dutch(self, editor: Client, news: NewsPage, django_capture_on_commit_callbacks: Commit) -> Page:
        dutch = into_dutch(editor, news)
        write(dutch, DUTCH)
        publish(editor, dutch, django_capture_on_commit_callbacks)
        return dutch

    def update(self, editor: Client, news: NewsPage, commit: Commit) -> str:
        news.save_revision().publish()
        source = Translation.objects.get(source__object_id=news.translation_key).source
        with commit(execute=True):
            response = editor.post(
                reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"}, follow=True
            )
        html: str = response.content.decode()
        return html

    def test_new_words_leave_the_translation_as_it_was(
        self, editor: Client, news: NewsPage, dutch: Page, django_capture_on_commit_callbacks: Commit
    ) -> None:
        news.intro = "Quatre projets reçoivent une aide."
        assert "Nederlands" in self.update(editor, news, django_capture_on_commit_callbacks)
        html = Client().get(dutch.url).content.decode()
        assert "Drie projecten krijgen steun." in html
        assert "Quatre" not in html
        assert shown_in_dutch(dutch) == EVERYWHERE, "it has words: older ones"

    def test_what_needs_no_words_is_published(
        self, editor: Client, news: NewsPage, dutch: Page, django_capture_on_commit_callbacks: Commit
    ) -> None:
        news.date = datetime.date(2026, 11, 21)
        self.update(editor, news, django_capture_on_commit_callbacks)
        assert "21 november 2026" in Client().get(dutch.url).content.decode()
