"""The archive: each issue as a page in its languages, a list, and a feed."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsletter.bounces.verp import decode_verp, encode_verp
from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue
from tests.core.factories import UserFactory
from tests.html import texts
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, index_page, item, news_page, published, section

pytestmark = pytest.mark.django_db


def get(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_issue_reads_like_its_mail(client: Client) -> None:
    html = get(
        published(84, body=[section("press", item(title="Un article", text="Des mots.", note="Le Soir", url="https://example.org/a"))]).url
    )
    assert all(
        words in html for words in ("Ce qui bouge à Bruxelles", "Presse", "Un article", "Des mots.", "Le Soir", "https://example.org/a")
    )
    assert len(texts(html, "h1")) == 1


def test_a_draft_is_not_public() -> None:
    page = edition(IssueFactory())
    assert Client().get(page.url).status_code == 404


def test_the_languages_of_an_issue_name_one_another() -> None:
    french = published(84)
    dutch = edition(french.issue, "nl")
    dutch.get_latest_revision().publish()
    html = get(french.url)
    assert f'hreflang="nl" href="http://testserver{dutch.url}"' in html


def test_neighbours_lead_through_the_archive() -> None:
    first, second, third = (published(number) for number in (1, 2, 3))
    html = get(second.url)
    assert f'href="{first.url}" rel="prev"' in html
    assert f'href="{third.url}" rel="next"' in html


def test_the_newsletters_page_lists_the_issues_of_its_language_the_latest_first() -> None:
    for number in (1, 2):
        published(number, subject=f"Objet {number}")
    published(3, "nl", subject="Onderwerp 3")
    html = get(index_page("fr").url)
    assert html.index("Objet 2") < html.index("Objet 1")
    assert "Onderwerp 3" not in html


def test_the_feed_says_what_is_new_in_the_language_of_its_address() -> None:
    published(1, subject="Objet & <1>")
    published(2, "nl", subject="Onderwerp 2")
    feed = ElementTree.fromstring(get("/fr/newsletter/flux.xml"))
    assert feed.findtext("channel/language") == "fr"
    assert [each.findtext("title") for each in feed.iter("item")] == ["N° 1 – Objet & <1>"]
    assert str(feed.findtext("channel/item/link")).startswith("http://testserver/fr/newsletter/")


@pytest.mark.parametrize("count", [2, 20])
def test_an_issue_costs_the_same_with_few_and_many_items(count: int) -> None:
    page = published(84, body=[section("smes", *(item(page=news_page(title=f"n{number}")) for number in range(count)))])
    get(page.url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        get(page.url)
    assert len(queries) <= 12


class TestVerp:
    def test_what_was_sealed_is_read_back_wherever_it_stands(self) -> None:
        address = encode_verp(4711)
        assert decode_verp(address) == 4711
        assert decode_verp(f"<{address.upper()}>") == 4711
        assert len(address.partition("@")[0]) <= 64, "RFC 5321 §4.5.3.1.1"

    @pytest.mark.parametrize("address", ["", "a@example.org", "news-4711-000000000000@news.smes.example.org", "news-x-abc@x"])
    def test_an_invented_one_is_nobodys(self, address: str) -> None:
        assert decode_verp(address) is None


class TestNobodyPublishesAnIssueThatHasNotLeft:
    """The editor of a draft has no such button, and what is sent all the same is kept as a draft."""

    @staticmethod
    def _boss() -> Client:
        boss = Client(headers={"accept-language": "en"})
        boss.force_login(UserFactory(is_superuser=True, is_staff=True))
        return boss

    def test_no_button(self) -> None:
        page = edition(IssueFactory())
        html = self._boss().get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'name="action-publish"' not in html
        assert "Submit to" not in html
        assert f'href="{reverse("newsletter_issues:inspect", args=[page.issue_id])}"' in html, "the way back to the desk"

    @pytest.mark.parametrize("chosen", ["the page", "the list above it, with all below"])
    def test_no_other_view_publishes_it(self, chosen: str) -> None:
        page = edition(IssueFactory())
        target = page if chosen == "the page" else page.get_parent()
        action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        self._boss().post(f"{action}?next=/admin/&id={target.pk}", {"include_descendants": "on"})
        page.refresh_from_db()
        assert not page.live

    def test_one_that_has_left_is_corrected_like_any_page(self) -> None:
        page = published(84)
        Issue.objects.update(status=IssueStatus.SENT)
        html = self._boss().get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'name="action-publish"' in html
