"""Counts beside the choices, chips, orders and pages: the list says what a choice would give before it is made."""

import re

import pytest
from django.test import Client

from cartography.enums import PlaceStatus
from cartography.models import MapPage
from tests.cartography.factories import PlaceFactory
from tests.cartography.pages import listed
from tests.core.factories import SectorFactory

pytestmark = pytest.mark.django_db


def counts(client: Client, page: MapPage, query: str = "") -> dict[str, int]:
    """Shape: {"sector-mental": 2, …}, as the page says them."""
    html = client.get(f"{page.url}{query}").content.decode()
    found = re.findall(r'id="((?:sector|practice|region|language|checked|placement)-[\w-]+)".*?facet__count">(\d+)<', html, re.DOTALL)
    return {name: int(count) for name, count in found}


@pytest.fixture
def five(maps: dict[str, MapPage]) -> MapPage:
    """Two sectors, three regions, one draft that must never be counted."""
    mental, homeless = SectorFactory(slug="mental", name_fr="Santé mentale"), SectorFactory(slug="homeless", name_fr="Sans-abrisme")
    liege = {"nis": "62063", "postal_code": "4000", "region": "03000"}
    ghent = {"nis": "44021", "postal_code": "9000", "region": "02000", "languages": ["nl"]}
    PlaceFactory(name_fr="Abeille", sector=mental, practices=["employed"], checked_on="2020-01-01")
    PlaceFactory(name_fr="Bourdon", sector=mental, practices=["volunteer", "self_help"], **liege)
    PlaceFactory(name_fr="Cigale", sector=homeless, practices=["employed"], is_open_to_placements=True, **liege)
    PlaceFactory(name_fr="Demoiselle", sector=homeless, practices=["employed"], status=PlaceStatus.TO_CONFIRM, **ghent)
    PlaceFactory(name_fr="Brouillon", sector=mental, is_draft=True)
    return maps["fr"]


def test_each_choice_says_how_many_it_would_show(client: Client, five: MapPage) -> None:
    found = counts(client, five)
    assert (found["sector-mental"], found["sector-homeless"]) == (2, 2)
    assert (found["region-04000"], found["region-03000"], found["region-02000"]) == (1, 2, 1)
    assert (found["practice-employed"], found["practice-volunteer"], found["practice-self_help"]) == (3, 1, 1)
    assert (found["checked-12"], found["placement-yes"]) == (3, 1)


def test_a_choice_narrows_the_other_facets_and_not_its_own(client: Client, five: MapPage) -> None:
    found = counts(client, five, "?region=03000")
    assert (found["region-04000"], found["region-03000"]) == (1, 2), "another region may still be added"
    assert (found["sector-mental"], found["sector-homeless"]) == (1, 1)


@pytest.mark.parametrize("query", ["", "?region=03000", "?sector=homeless&language=nl", "?q=li%C3%A8ge", "?practice=employed&checked=12"])
def test_every_count_keeps_its_promise(client: Client, five: MapPage, query: str) -> None:
    """What stands beside a choice is what the list holds once it is made alone in its facet."""
    for name, count in counts(client, five, query).items():
        facet, _dash, value = name.partition("-")
        others = "&".join(part for part in query.lstrip("?").split("&") if part and not part.startswith(f"{facet}="))
        assert len(listed(client, five, f"?{others}&{facet}={value}")) == count, f"{query} {name}"


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["Abeille", "Bourdon", "Cigale", "Demoiselle"]),
        ("?sort=municipality", ["Demoiselle", "Bourdon", "Cigale", "Abeille"]),
        ("?sort=checked", ["Bourdon", "Cigale", "Demoiselle", "Abeille"]),
    ],
)
def test_the_list_follows_the_order_that_was_asked_for(client: Client, five: MapPage, order: str, names: list[str]) -> None:
    assert listed(client, five, order) == names


def test_what_begins_with_the_words_stands_first(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(name_fr="Autour du tilleul")
    PlaceFactory(name_fr="Tilleul en fête")
    assert listed(client, maps["fr"], "?q=tilleul") == ["Tilleul en fête", "Autour du tilleul"]


def test_a_long_list_has_pages_that_keep_the_choices(client: Client, maps: dict[str, MapPage]) -> None:
    for _index in range(26):
        PlaceFactory()
    first, second = (listed(client, maps["fr"], f"?region=04000&page={number}") for number in (1, 2))
    assert (len(first), len(second)) == (24, 2)
    assert not set(first) & set(second)
    html = client.get(f"{maps['fr'].url}?region=04000").content.decode()
    assert re.search(r'href="\?region=04000&(amp;)?page=2"', html)
    dots = client.get(f"{maps['fr'].url}?region=04000&view=map&page=2").content.decode()
    assert ">26</text>" in dots, "the map shows what was found, not one page of it"
