"""The catalogue as a reader finds it."""

import datetime
import gzip
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.core.factories import ThemeFactory
from tests.trainings.factories import (
    EnrolmentFactory,
    ModuleFactory,
    SessionFactory,
    VenueFactory,
    make_catalogue,
    make_sheets,
    many_modules,
)
from trainings.models import CataloguePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> CataloguePage:
    return make_catalogue()["fr"]


def queries(client: Client, url: str, assert_max: int = 12) -> int:
    client.get(url)  # root paths and content types are kept by the process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    assert len(captured) <= assert_max, [query["sql"][:120] for query in captured]
    return len(captured)


def test_a_card_says_when_how_many_seats_how_long_what_price_and_where(client: Client, catalogue: CataloguePage) -> None:
    module = ModuleFactory(days="0.5", price=45, is_example=True)
    make_sheets(module, fr="Réduire les risques")
    session = SessionFactory(module=module, capacity=4, venue=VenueFactory(municipality_fr="Schaerbeek"))
    EnrolmentFactory(session=session)
    html = client.get(catalogue.url).content.decode()
    card = html[html.index('<li class="card"') :]
    assert "Réduire les risques" in card
    assert 'class="mark-example"' in card
    assert "Schaerbeek" in card
    assert "45" in card
    assert re.search(r"seats--few\">[^<]*\b3\b", card)


def test_a_full_session_shows_its_waiting_list(client: Client, catalogue: CataloguePage) -> None:
    module = ModuleFactory()
    make_sheets(module)
    EnrolmentFactory(session=SessionFactory(module=module, capacity=1))
    assert "seats--full" in client.get(catalogue.url).content.decode()


def test_a_freed_seat_is_not_offered_to_a_newcomer_while_somebody_waits(client: Client, catalogue: CataloguePage) -> None:
    module = ModuleFactory()
    make_sheets(module)
    EnrolmentFactory(session=SessionFactory(module=module, capacity=5), is_waiting=True)
    assert "seats--full" in client.get(catalogue.url).content.decode()
    assert "card__title" not in client.get(f"{catalogue.url}?seats=free").content.decode()


def test_the_filter_of_the_address_is_ticked_named_and_removable(client: Client, catalogue: CataloguePage) -> None:
    theme = ThemeFactory(slug="housing", name_fr="Logement")
    make_sheets(ModuleFactory(theme=theme), fr="Habiter")
    make_sheets(ModuleFactory(), fr="Boire")
    html = client.get(f"{catalogue.url}?theme=housing").content.decode()
    assert "Habiter" in html
    assert "Boire" not in html
    assert re.search(r'value="housing" id="theme-housing" checked', html)
    assert '<a class="chip" href="?">' in html
    assert re.search(r"<title>[^<]*1 ", html)
    assert 'role="status"' in html


def test_the_switcher_keeps_the_filters(client: Client, catalogue: CataloguePage) -> None:
    html = client.get(f"{catalogue.url}?language=nl&q=a").content.decode()
    dutch = make_catalogue()["nl"].url
    assert f'href="{dutch}?language=nl&amp;q=a"' in html


def test_only_the_sheets_of_the_language_are_listed(client: Client, catalogue: CataloguePage) -> None:
    make_sheets(ModuleFactory(), fr="Écouter", nl="Luisteren")
    html = client.get(make_catalogue()["nl"].url).content.decode()
    assert "Luisteren" in html
    assert "Écouter" not in html


def test_in_house_and_past_sessions_are_nobody_elses_business(client: Client, catalogue: CataloguePage) -> None:
    module = ModuleFactory()
    make_sheets(module)
    SessionFactory(module=module, kind="in_house_training")
    SessionFactory(module=module, status="draft")
    SessionFactory(module=module, first_meeting_at=timezone.now() - datetime.timedelta(days=1))
    assert "<time" not in client.get(catalogue.url).content.decode()


@pytest.mark.parametrize("words", ["éthique", "ethique", "ETHIQUE", "éthiques", "moral"])
def test_words_are_found_without_their_accents_and_with_another_ending(client: Client, catalogue: CataloguePage, words: str) -> None:
    make_sheets(ModuleFactory(), fr="L’éthique du soin : questions morales")
    make_sheets(ModuleFactory(), fr="Gérer le stress")
    call_command("update_index", verbosity=0)
    html = client.get(catalogue.url, {"q": words}).content.decode()
    assert "éthique du soin" in html
    assert "Gérer le stress" not in html


def test_nothing_found_helps(client: Client, catalogue: CataloguePage) -> None:
    make_sheets(ModuleFactory(), fr="L’éthique du soin")
    html = client.get(catalogue.url, {"q": "éthiqe xyz", "theme": "nowhere"}).content.decode()
    assert 'class="empty-state"' in html
    assert 'href="?q=%C3%A9thique"' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%27%3B--",
        "q=" + "é" * 5000,
        "page=0",
        "page=a",
        "theme=%FF",
        "place=%3Cscript%3E",
        "q=&q=%28%28%22",
        "sort=x&period=soon",
    ],
)
def test_a_strange_address_is_never_an_error(client: Client, catalogue: CataloguePage, query: str) -> None:
    make_sheets(ModuleFactory())
    response = client.get(f"{catalogue.url}?{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_a_hundred_modules_cost_no_more_queries_than_five(client: Client, catalogue: CataloguePage) -> None:
    many_modules(5)
    few = queries(client, catalogue.url)
    many_modules(95, first=2000)
    assert queries(client, catalogue.url) == few
    assert queries(client, f"{catalogue.url}?q=complexes&theme=theme-1&period=soon") <= 12


def test_the_page_is_light(client: Client, catalogue: CataloguePage) -> None:
    many_modules(25)
    response = client.get(catalogue.url)
    assert len(gzip.compress(response.content)) <= 10_000
    assert not response.cookies
