"""Municipalities by any of their names and codes, without asking anybody."""

import pytest

from cartography.geo import belgium


def names(text: str) -> list[str]:
    return [each.name_fr for each in belgium.as_entered(text)]


def test_belgium_has_565_municipalities_in_three_regions() -> None:
    assert len(belgium.municipalities()) == 565
    assert {each.region for each in belgium.municipalities().values()} == {belgium.BRUSSELS, belgium.FLANDERS, belgium.WALLONIA}
    assert sum(each.region == belgium.BRUSSELS for each in belgium.municipalities().values()) == 19


@pytest.mark.parametrize(
    "text", ["1030", "Schaerbeek", "Schaarbeek", "schaarbeek", "1030 Schaerbeek", "Schaerbeek / Schaarbeek", "1030 Bruxelles"]
)
def test_a_municipality_is_found_by_whatever_people_write(text: str) -> None:
    assert names(text) == ["Schaerbeek"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("St-Gilles", "Saint-Gilles"),
        ("Sint-Gillis", "Saint-Gilles"),
        ("LIEGE", "Liège"),
        ("Luik", "Liège"),
        ("Ghent", "Gand"),
        ("Laeken", "Bruxelles"),
    ],
)
def test_abbreviations_accents_and_localities_are_forgiven(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize("text", ["", "Atlantis", "9999", "1030 Namur", "0000", "12345"])
def test_what_does_not_exist_is_not_found(text: str) -> None:
    assert names(text) == []


def test_a_postal_code_of_two_municipalities_gives_both() -> None:
    assert names("1040") == ["Bruxelles", "Etterbeek"]
    assert names("1040 Etterbeek") == ["Etterbeek"]


def test_every_point_lies_in_belgium() -> None:
    points = [each.point for each in belgium.municipalities().values() if each.point]
    assert len(points) == 564  # Kampenhout has none
    assert all(point.is_in_belgium for point in points)


def test_a_name_follows_the_reader() -> None:
    ghent = belgium.municipalities()["44021"]
    assert [ghent.name(language) for language in ("fr", "nl", "en")] == ["Gand", "Gent", "Ghent"]
    leuven = belgium.municipalities()["24062"]
    assert leuven.name("en") == "Leuven"


def test_distances_are_about_right() -> None:
    brussels, antwerp = belgium.Point(50.8466, 4.3517), belgium.Point(51.2211, 4.3997)
    assert 40 < belgium.kilometres(brussels, antwerp) < 43
