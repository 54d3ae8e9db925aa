"""The address of the catalogue holds its whole state, and nothing in it can break the page."""

import pytest
from django.http import QueryDict

from core.browsing.state import State
from trainings.catalogue.listing import CATALOGUE


def read(query: str) -> State:
    return State.from_query(QueryDict(query), CATALOGUE)


def test_a_state_and_its_address_are_the_same_thing() -> None:
    query = "?q=loger+en+paix&theme=housing&theme=drugs&language=nl&period=soon&place=bruxelles&seats=free&sort=title&page=2"
    assert read(query[1:]).query == query


def test_an_empty_address_is_the_whole_catalogue() -> None:
    state = read("")
    assert not state.is_filtered
    assert state.order == "date"
    assert state.query == "?"


def test_words_are_sorted_by_match_unless_asked_otherwise() -> None:
    assert read("q=logement").order == "match"
    assert read("q=logement&sort=title").order == "title"
    assert read("sort=match").order == "date"


def test_a_removed_choice_leads_to_the_first_page_and_keeps_the_rest() -> None:
    state = read("theme=housing&theme=drugs&format=open&page=3")
    assert state.without("theme", "housing").query == "?theme=drugs&format=open"
    assert state.without("format", "open").query == "?theme=housing&theme=drugs"
    assert state.without_search().query == state.with_page(1).query


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=9999999999999999999",
        "page=²",
        "sort=drop+table",
        "theme=%00",
        "theme=" + "x" * 200,
        "theme=<b>",
        "q=%00%01",
        "unknown=1",
    ],
)
def test_what_cannot_be_meant_is_ignored(query: str) -> None:
    assert read(query).query == "?"


def test_words_are_cut_and_cleaned() -> None:
    assert read("q=" + "a" * 500).search_text == "a" * 100
    assert read("q=a%00%0A++b").search_text == "a b"


def test_no_more_values_than_people_can_choose() -> None:
    assert len(read("&".join(f"theme=t{number}" for number in range(500))).chosen["theme"]) == 20
