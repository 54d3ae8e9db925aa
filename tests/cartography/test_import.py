"""A file of places as people send them: wrong codes, swapped numbers, doubles, names in both languages."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from cartography.enums import PlaceStatus, Provenance
from cartography.geo import belgium
from cartography.importing.reading import UnreadableFile, read_rows
from cartography.importing.run import ImportReport, Outcome, import_places
from cartography.models import Place, PlaceTransition
from tests.cartography.conftest import NOW
from tests.cartography.factories import PlaceFactory
from tests.core.factories import SectorFactory

pytestmark = pytest.mark.django_db

Row = dict[str, str]


@pytest.fixture(autouse=True)
def sectors() -> None:
    SectorFactory(slug="mental", name_fr="Santé mentale", name_nl="Geestelijke gezondheid", name_en="Mental health")


def row(**fields: str) -> Row:
    """A good row."""
    return {
        "name_fr": "Maison du Tilleul",
        "sector": "mental",
        "practices": "employed",
        "languages": "fr;nl",
        "municipality": "Schaerbeek",
    } | fields


def as_csv(rows: list[Row], delimiter: str = ",") -> bytes:
    file = io.StringIO()
    columns = list(dict.fromkeys(name for each in rows for name in each))
    writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def take(rows: list[Row], *, dry: bool = False) -> ImportReport:
    with translation.override("en"):
        return import_places(content=as_csv(rows), source="liste.csv", is_dry_run=dry, now=NOW)


def everything() -> list[Any]:
    return [list(Place.objects.order_by("pk").values()), PlaceTransition.objects.count()]


KINDS = ("Accueil de jour", "Club psychosocial", "Équipe mobile")


def a_thousand_rows() -> tuple[list[Row], dict[str, int]]:
    """What a list of a thousand looks like after years in a spreadsheet, and how many rows of each kind it holds."""
    towns = sorted(belgium.municipalities().values(), key=lambda each: each.nis)
    towns = [
        each for each in towns if each.point and len(belgium.find(name=each.name_fr)) == 1 and len(belgium.find(name=each.name_nl)) == 1
    ]
    good = [
        row(
            key=f"p{index}",
            name_fr=f"{KINDS[index // len(towns)]} {town.name_fr}",
            municipality=(town.name_fr, town.name_nl, town.both_names)[index % 3],  # French, Dutch, both
            postal_code=town.postal_codes[0] if index % 2 else "",
            sector=("mental", "Santé mentale", "geestelijke gezondheid")[index % 3],
            lat=str(town.point.lat) if index % 5 == 0 else "",  # type: ignore[union-attr]
            lon=str(town.point.lon) if index % 5 == 0 else "",  # type: ignore[union-attr]
        )
        for index, town in enumerate((towns * 3)[:800])
    ]
    namur = {"municipality": "Namur", "postal_code": "5000"}
    wrong_codes = [row(key=f"w{n}", name_fr=f"Faux code {n}", municipality="Schaerbeek", postal_code="9000") for n in range(50)]
    swapped = [row(key=f"s{n}", name_fr=f"Inversé {n}", lat="4.86", lon="50.46", **namur) for n in range(50)]
    doubles = [good[n] | {"name_nl": "encore"} for n in range(50)]
    people = [row(key=f"m{n}", name_fr=f"Portable {n}", phone="0475 12 34 56", **namur) for n in range(50)]
    return [*good, *wrong_codes, *swapped, *doubles, *people], {"new": 800, "error": 150, "duplicate": 50}


def test_a_thousand_rows_are_told_apart_and_the_dry_run_writes_nothing() -> None:
    rows, expected = a_thousand_rows()
    before = everything()
    report = take(rows, dry=True)
    assert len(report.rows) == 1000
    assert {name: report.count(Outcome(name)) for name in expected} == expected
    assert everything() == before
    told = {result.name: " ".join(result.messages) for result in report.rows if result.messages}
    assert "belongs to Gand / Gent, not to Schaerbeek" in told["Faux code 0"]
    assert "swapped" in told["Inversé 0"]
    assert "mobile number" in told["Portable 0"]
    assert told[rows[0]["name_fr"]] == "The same as row 1."


def test_the_first_run_writes_drafts_and_the_second_changes_nothing() -> None:
    rows, expected = a_thousand_rows()
    assert take(rows).count(Outcome.NEW) == expected["new"]
    assert Place.objects.count() == expected["new"]
    assert set(Place.objects.values_list("status", "provenance")) == {(PlaceStatus.DRAFT, Provenance.IMPORT)}
    before = everything()
    again = take(rows)
    assert (again.count(Outcome.SAME), again.count(Outcome.NEW), again.count(Outcome.CHANGED)) == (expected["new"], 0, 0)
    assert everything() == before


def test_a_row_that_changed_changes_its_place_and_no_other() -> None:
    take([row(key="a"), row(key="b", name_fr="Tout autre nom")])
    report = take([row(key="a", since="2019"), row(key="b", name_fr="Tout autre nom")])
    assert [result.outcome for result in report.rows] == [Outcome.CHANGED, Outcome.SAME]
    assert report.rows[0].messages == ("since",)


def test_a_file_without_keys_is_known_by_name_and_municipality() -> None:
    take([row()])
    assert take([row(name_fr="MAISON DU TILLEUL asbl")]).rows[0].outcome == Outcome.CHANGED
    assert Place.objects.count() == 1


def test_a_place_of_the_map_is_not_doubled() -> None:
    PlaceFactory(name_fr="La Maison du Tilleul asbl")
    report = take([row()])
    assert report.rows[0].outcome == Outcome.DUPLICATE
    assert "La Maison du Tilleul asbl" in report.rows[0].messages[0]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"municipality": "Atlantis"}, "no municipality"),
        ({"municipality": "", "postal_code": "9999"}, "no postal code 9999"),
        ({"municipality": ""}, "municipality is missing"),
        ({"municipality": "", "postal_code": "1040"}, "More than one"),
        ({"sector": "astrology"}, "no sector"),
        ({"practices": "magic"}, "none of employed"),
        ({"practices": ""}, "how peers take part"),
        ({"languages": "fr;elvish"}, "elvish"),
        ({"since": "soon"}, "no year"),
        ({"name_fr": ""}, "name is missing"),
        ({"email": "jeanne.dupont@asbl.be"}, "services only"),
        ({"email": "nobody"}, "not complete"),
        ({"website": "javascript:alert(1)"}, "not complete"),
        ({"summary_fr": "Appelez le 0475 12 34 56"}, "mobile number"),
        ({"lat": "50.85", "lon": ""}, "both be numbers"),
        ({"lat": "48.85", "lon": "2.35"}, "not lie in Belgium"),
        ({"lat": "49.68", "lon": "5.81"}, "km from Schaerbeek"),
        ({"precision": "municipality", "street": "Rue cachée 1"}, "give it away"),
        ({"precision": "galaxy"}, "none of"),
        ({"name_fr": "x" * 200}, "longer than 160"),
    ],
)
def test_each_mistake_is_named(fields: Row, reason: str) -> None:
    result = take([row(**fields)]).rows[0]
    assert result.outcome == Outcome.ERROR
    assert reason in " ".join(result.messages)
    assert not Place.objects.exists()


def test_our_own_downloads_can_be_read_again(client: Client) -> None:
    PlaceFactory(is_exact=True, name_fr="=Maison", phone="+32 2 512 00 00", is_open_to_placements=True)
    for ending in ("csv", "geojson"):
        content = client.get(f"/fr/peer-support/places.{ending}").getvalue()
        found = read_rows(content)[0]
        assert (found["name_fr"], found["phone"], found["municipality"], found["lat"]) == (
            "=Maison",
            "+32 2 512 00 00",
            "Schaerbeek",
            "50.865",
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheet_will_do(delimiter: str) -> None:
    assert read_rows(as_csv([row(name_fr="Été; ou, hiver")], delimiter))[0]["name_fr"] == "Été; ou, hiver"
    assert read_rows("nom;commune\nMaison d’été;Liège\n".encode("cp1252"))[0]["name_fr"] == "Maison d’été"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"one column\nvalue\n", b"{", b'{"type": "FeatureCollection"}', b'{"features": [1]}', b'{"features": {"a": 1}}'],
)
def test_what_is_no_list_of_places_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_rows(content)


def test_a_geojson_point_is_read() -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [4.379, 50.865]},
        "properties": row(street="Rue de l’Exemple 1"),
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert import_places(content=content, source="x", is_dry_run=False, now=NOW).rows[0].outcome == Outcome.NEW
    place = Place.objects.get()
    assert (place.lat, place.lon, place.precision) == (50.865, 4.379, "address")


def test_the_command_is_a_dry_run_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(as_csv([row(), row(key="b", municipality="Atlantis", name_fr="Perdue")]))
    call_command("import_places", str(file))
    assert not Place.objects.exists()
    assert "2: Perdue" in capsys.readouterr().out
    call_command("import_places", str(file), apply=True)
    assert Place.objects.get().source == "liste.csv"
    with pytest.raises(CommandError):
        call_command("import_places", str(tmp_path / "missing.csv"))
