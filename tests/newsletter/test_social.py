"""Words and a picture of each item for the social media: short enough for every network, in the language of the edition."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from newsletter.compose.content import Item
from newsletter.compose.social import GROUNDS, LONGEST, picture, post_for
from newsletter.models import Issue
from tests.newsletter.backoffice.pages import officer
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, item, section

URL = "https://smes.example.org/fr/actualites/une-place/"
TEXTS = {"fr": "À l’hôpital, être accueilli·e.", "nl": "Onthaald worden, ook ’s nachts.", "en": "A place to be, day & night."}


class TestWords:
    def test_title_words_and_address_each_on_a_line(self) -> None:
        assert post_for(Item("Une place", "En deux mots.", URL, "12 novembre")) == f"Une place · 12 novembre\nEn deux mots.\n{URL}"

    def test_long_words_are_cut_between_two_words_and_the_address_is_whole(self) -> None:
        post = post_for(Item("Une place", "Beaucoup de mots, et encore. " * 30, URL))
        assert len(post) <= LONGEST
        head, text, url = post.split("\n")
        assert (head, url) == ("Une place", URL)
        assert text.endswith("…")
        assert text.removesuffix("…").split()[-1] in {"Beaucoup", "de", "mots", "et", "encore"}

    @pytest.mark.parametrize("length", [0, 150, 220, 235, 250, 290])
    def test_it_is_never_too_long_whatever_the_title_leaves(self, length: int) -> None:
        post = post_for(Item("t" * length, "Des mots. " * 40, URL))
        assert post.endswith(URL)
        assert len(post) <= max(LONGEST, length + len(URL) + 1)

    def test_without_words_or_address_no_empty_line_stays(self) -> None:
        assert post_for(Item("Une place")) == "Une place"
        assert post_for(Item("Une place", url=URL)) == f"Une place\n{URL}"

    def test_lines_of_an_editor_become_one(self) -> None:
        assert post_for(Item("Une place", "Un\n\n  deux\ttrois", URL)).split("\n")[1] == "Un deux trois"


class TestPicture:
    @pytest.mark.parametrize("kind", [*GROUNDS, "press"])
    def test_large_to_post_small_to_look_at_and_the_same_drawing(self, kind: str) -> None:
        large, small = (Image.open(BytesIO(picture("Une place", kind, is_small=is_small))) for is_small in (False, True))
        assert (large.size, small.size) == ((1200, 600), (240, 120))
        assert large.convert("RGB").getpixel((5, 590)) == small.convert("RGB").getpixel((1, 118)), "the same ground"

    def test_each_item_has_its_own(self) -> None:
        assert picture("Une place", "smes", is_small=True) != picture("Une autre", "smes", is_small=True)

    def test_without_a_title_there_is_one_too(self) -> None:
        assert picture("", "smes", is_small=True).startswith(b"\x89PNG")


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def issue(self) -> Issue:
        issue = IssueFactory()
        for language, text in TEXTS.items():
            edition(
                issue, language, body=[section("smes", item(title=f"Titre {language}", text=text, url=f"https://example.org/{language}"))]
            )
        return issue

    def page(self, client: Client, issue: Issue) -> str:
        return client.get(reverse("newsletter_issue:social", args=[issue.pk])).content.decode()

    def test_each_edition_in_its_language(self, issue: Issue) -> None:
        html = self.page(officer(), issue)
        for language, text in TEXTS.items():
            field = html.split(f'id="post-{language}-0"')[0].rpartition("<textarea")[2]
            assert f'lang="{language}"' in field
            assert text.replace("&", "&amp;") in html
            assert f"https://example.org/{language}</textarea>" in html

    def test_buttons_say_of_what_they_are(self, issue: Issue) -> None:
        html = self.page(officer(), issue)
        for word in ("Copy", "Picture"):
            for language in TEXTS:
                assert f'{word}<span class="w-sr-only">: Titre {language}</span>' in html

    def test_it_shows_small_pictures_and_offers_large_ones(self, issue: Issue) -> None:
        client = officer()
        html = self.page(client, issue)
        address = reverse("newsletter_issue:picture", args=[issue.pk, "nl", 0])
        assert f'src="{address}?small"' in html
        assert f'href="{address}" download' in html
        sizes = [Image.open(BytesIO(client.get(f"{address}{query}").content)).size for query in ("", "?small")]
        assert sizes == [(1200, 600), (240, 120)]
        assert client.get(address)["Content-Disposition"] == f'attachment; filename="smes-{issue.number}-nl-1.png"'

    def test_an_edition_there_is_not_has_no_picture(self) -> None:
        issue = IssueFactory()
        edition(issue)
        assert officer().get(reverse("newsletter_issue:picture", args=[issue.pk, "nl", 0])).status_code == 404
