"""Facets count what would answer if they were chosen."""

import datetime
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from core.browsing.facets import Found
from core.browsing.state import State
from core.browsing.suggestions import similar_texts
from trainings.catalogue.entries import Entry, build_entries
from trainings.catalogue.listing import CATALOGUE, CatalogueBrowser, CatalogueListing
from trainings.seats.places import PlacesLeft

NOW = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)


def sheet(number: int, **facts: Any) -> dict[str, Any]:
    defaults = {
        "pk": number,
        "module_id": number,
        "module__number": number,
        "title": f"Module {number}",
        "slug": f"module-{number}",
        "intro": "…",
        "listing_summary": "",
        "module__theme__slug": "housing",
        "theme_name": "Logement",
        "module__programme": "support",
        "module__format": "open",
        "module__delivery": "on_site",
        "module__days": Decimal(1),
        "module__price": 0,
        "module__languages": ["fr"],
        "module__is_example": False,
    }
    return defaults | facts


def session(
    module: int, *, days: int = 10, language: str = "fr", seats: int = 3, town: str = "Bruxelles", delivery: str = "on_site"
) -> dict[str, Any]:
    starts_at = NOW + datetime.timedelta(days=days)
    return {
        "pk": 1,
        "module_id": module,
        "language": language,
        "delivery": delivery,
        "starts_at": starts_at,
        "ends_at": starts_at,
        "places": PlacesLeft(seats),
        "enrolment_closes_at": None,
        "meeting_count": 1,
        "municipality": town,
        "venue__municipality_fr": town,
    }


SHEETS = [
    sheet(1, title="Loger d’abord"),
    sheet(2, module__theme__slug="drugs", theme_name="Drogues", title="Réduire les risques"),
    sheet(
        3,
        module__theme__slug="drugs",
        theme_name="Drogues",
        module__format="team",
        module__languages=["fr", "nl"],
        title="Équipe et produits",
    ),
]
SESSIONS = [session(1), session(1, days=150, language="nl", seats=0, town="Schaerbeek"), session(2, days=150, delivery="online", town="")]


def entries() -> list[Entry]:
    return build_entries(SHEETS, SESSIONS, now=NOW)


def found(query: str) -> Found[Entry]:
    return CatalogueBrowser().apply(entries(), State.from_query(QueryDict(query), CATALOGUE))


def numbers(query: str) -> list[int]:
    return [entry.number for entry in found(query).entries]


def listing(query: str, best: list[int] | None = None) -> CatalogueListing:
    return CatalogueBrowser().listing(entries(), State.from_query(QueryDict(query), CATALOGUE), best=best, base_url="/fr/formations/")


def test_choices_of_one_facet_add_up_and_facets_narrow_each_other() -> None:
    assert numbers("theme=housing&theme=drugs") == [1, 2, 3]
    assert numbers("theme=drugs&format=team") == [3]


def test_facets_of_sessions_must_hold_for_one_and_the_same_session() -> None:
    assert numbers("language=nl&seats=free") == []  # module 1 has a free session, but in French
    assert numbers("language=fr&seats=free&period=soon") == [1]


def test_a_module_without_a_date_answers_with_the_languages_it_is_given_in() -> None:
    assert numbers("language=nl") == [1, 3]
    assert numbers("language=nl&period=undated") == [3]


def test_each_facet_counts_with_the_other_facets_applied() -> None:
    counts = found("theme=housing").counts
    assert counts["theme"] == {"housing": 1, "drugs": 2}  # its own choice does not narrow it
    assert counts["format"] == {"open": 1}
    assert counts["period"] == {"dated": 1, "soon": 1, "later": 1}
    assert counts["place"] == {"bruxelles": 1, "schaerbeek": 1}


def test_every_count_is_kept_when_its_choice_is_made() -> None:
    for query in ("", "theme=drugs", "language=nl", "period=dated", "seats=free&language=fr", "place=online"):
        state = State.from_query(QueryDict(query), CATALOGUE)
        for facet, counts in CatalogueBrowser().apply(entries(), state).counts.items():
            for value, count in counts.items():
                chosen = {**state.chosen, facet: (value,)}
                assert len(CatalogueBrowser().apply(entries(), State(CATALOGUE, chosen=chosen)).entries) == count, (query, facet, value)


def test_on_line_is_a_place() -> None:
    assert numbers("place=online") == [2]


def test_a_card_tells_of_the_soonest_session_that_answers() -> None:
    (entry,) = found("language=nl&period=dated").entries
    assert entry.shown is not None
    assert entry.shown.languages == ("nl",)
    assert entry.shown.place == "schaerbeek"


def test_the_next_date_comes_first_and_undated_modules_last() -> None:
    assert [entry.number for entry in listing("").cards] == [1, 2, 3]
    assert [entry.title for entry in listing("sort=title").cards] == ["Équipe et produits", "Loger d’abord", "Réduire les risques"]


def test_words_keep_the_order_of_the_search() -> None:
    assert [entry.number for entry in listing("q=x", best=[3, 1]).cards] == [3, 1]


def test_a_chip_removes_its_own_choice() -> None:
    chips = listing("q=x&theme=drugs&format=team", best=[3]).chips
    assert [(chip.label, chip.url) for chip in chips] == [
        ("«\N{NO-BREAK SPACE}x\N{NO-BREAK SPACE}»", "?theme=drugs&format=team"),
        ("Drogues", "?q=x&format=team"),
        (chips[2].label, "?q=x&theme=drugs"),
    ]


def test_an_empty_page_says_what_to_drop_and_how_much_waits_there() -> None:
    empty = listing("theme=housing&format=team")
    assert empty.total == 0
    assert {(link.url, link.count) for link in empty.loosened} == {("?format=team", 1), ("?theme=housing", 1)}


def test_an_empty_page_offers_words_like_the_one_typed() -> None:
    assert [link.url for link in listing("q=rduire", best=[]).similar] == ["?q=r%C3%A9duire"]
    assert similar_texts("éthiqe", ["Éthique du soin"]) == ["éthique"]
    assert similar_texts("éthique", ["Éthique du soin"]) == []


def test_twenty_modules_a_page_and_a_page_too_far_is_the_last() -> None:
    many = build_entries([sheet(number) for number in range(1, 51)], [], now=NOW)
    last = CatalogueBrowser().listing(many, State(CATALOGUE, page=99), best=None, base_url="/")
    assert last.total == 50
    assert len(last.cards) == 10
    assert last.page.number == 3


def test_three_months_after_the_end_of_november_is_a_day_that_exists() -> None:
    end = datetime.datetime(2026, 11, 30, 10, tzinfo=datetime.UTC)
    (entry,) = build_entries([sheet(1)], [session(1, days=60)], now=end)
    assert entry.offers[0].period == ("dated", "soon")
