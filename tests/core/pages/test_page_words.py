"""The words of a page hold nothing unprintable, whatever way they came: a form, a translation, an import."""

import pytest

from core.text.safety import unprintable
from home.models import ContactPage
from tests.core.any_text import HOSTILE
from tests.home.factories import add_pages

pytestmark = pytest.mark.django_db


def test_words_are_clean_when_the_page_is_saved() -> None:
    page = add_pages(ContactPage, fr="Contact", fields={"recipient": "contact@smes.example.org"})["fr"]
    page.title, page.intro = "Titre\x0bcollé", HOSTILE
    page.save()
    page.refresh_from_db()
    assert page.title == "Titre collé"
    assert not any(map(unprintable, page.intro))


def test_lines_and_joiners_stay() -> None:
    page = add_pages(ContactPage, fr="Contact", fields={"recipient": "contact@smes.example.org"})["fr"]
    page.intro = "Un\ndeux 👩\u200d⚕️ نام\u200cها"
    page.save()
    page.refresh_from_db()
    assert page.intro == "Un\ndeux 👩\u200d⚕️ نام\u200cها"
