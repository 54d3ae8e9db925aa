"""Staff pastes from a PDF: the characters nobody sees are taken out, and a note says so."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import Sector
from core.text.safety import unprintable
from core.web.pasted_text import PastedTextMiddleware, _cleaned
from tests.core.factories import SectorFactory, UserFactory
from tests.core.people import browser_of
from tests.versions import Tab

PASTED = "Titre\x0bcollé\x02 et \ufffe la suite"
CLEAN = "Titre collé et  la suite"
FORM = {"slug": "rue", "name_nl": "Straat", "name_en": "Street", "order": "1"}


@pytest.fixture
def chief(db: None) -> Client:
    return browser_of(UserFactory(is_superuser=True))


def saved(chief: Client, **answers: str) -> tuple[Sector, list[str]]:
    sector = SectorFactory(slug="rue")
    url = reverse("core_sectors:edit", args=[sector.pk])
    response = chief.post(url, Tab(chief, url).fields | FORM | answers)
    assert response.status_code == 302, response.context["form"].errors
    sector.refresh_from_db()
    return sector, [str(each) for each in get_messages(response.wsgi_request)]


def test_a_pasted_name_is_saved_clean_and_a_note_says_so(chief: Client) -> None:
    sector, notes = saved(chief, name_fr=PASTED)
    assert sector.name_fr == CLEAN
    assert any("cannot be shown" in note for note in notes)


def test_a_clean_name_is_saved_without_a_note(chief: Client) -> None:
    sector, notes = saved(chief, name_fr="Travail de rue · نام\u200cها 👩\u200d⚕️")
    assert sector.name_fr == "Travail de rue · نام\u200cها 👩\u200d⚕️"
    assert not any("cannot be shown" in note for note in notes)


@pytest.mark.control
def test_without_the_middleware_it_is_saved_as_pasted(chief: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PastedTextMiddleware, "process_view", lambda *args: None)
    assert saved(chief, name_fr="Titre\x0bcollé")[0].name_fr == "Titre\x0bcollé"


def sent(**fields: str) -> QueryDict:
    request: Any = RequestFactory().post(reverse("wagtailadmin_home"), fields)
    return _cleaned(request.POST) or request.POST


def test_the_json_of_rich_text_keeps_its_places() -> None:
    """A link lies over the last word: its offset counts UTF-16 units from the beginning of the text."""
    text = "Un\x0b mot\x02 lié"
    block = {"text": text, "entityRanges": [{"offset": text.index("lié"), "length": 3, "key": 0}]}
    (clean,) = json.loads(sent(body=json.dumps({"blocks": [block]}))["body"])["blocks"]
    assert clean["text"] == "Un  mot  lié"
    assert clean["text"][clean["entityRanges"][0]["offset"] :] == "lié"


def test_a_password_and_half_a_json_are_only_texts() -> None:
    assert sent(password1="a\x02b")["password1"] == "a\x02b"
    assert sent(title='{"a": \\ \x02')["title"] == '{"a": \\ '


def test_lines_of_a_long_text_stay(rf: RequestFactory) -> None:
    request = rf.post(reverse("wagtailadmin_home"), {"text": "un\r\n\tdeux"})
    PastedTextMiddleware(lambda request: HttpResponse()).process_view(request, None, (), {})
    assert request.POST["text"] == "un\r\n\tdeux"


@given(text=st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=200, deadline=None)
def test_nothing_unprintable_comes_in_whatever_is_sent(text: str) -> None:
    data = QueryDict(mutable=True)
    data["title"], data["body"] = text, json.dumps({"blocks": [{"text": text}]})
    clean = _cleaned(data) or data
    said = [clean["title"], json.loads(clean["body"])["blocks"][0]["text"]]
    assert not any(unprintable(char) and char not in "\t\r\n" for value in said for char in value)
