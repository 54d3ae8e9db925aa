"""A file of places as people send them: wrong codes, swapped numbers, doubles, names in both languages."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from cartography.enums import PlaceStatus, Provenance, RowDecision, RowOutcome
from cartography.geo import belgium
from cartography.importing import run
from cartography.importing.matching import is_likely_same
from cartography.importing.reading import read_file
from cartography.models import Place, PlaceImport, PlaceImportRow, PlaceTransition
from cartography.places.duplicates import bare_name
from core.imports.errors import CannotRead
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


def bring(content: bytes, *, dry: bool = False, decisions: dict[int, RowDecision] | None = None) -> list[PlaceImportRow]:
    """From the file to its end, or to the end of the dry run."""
    with translation.override("en"):
        new = run.start_import(content=content, filename="liste.csv", by=None, now=NOW, in_background=False)
        run.check_import(import_id=new.pk, now=NOW)
        if not dry:
            run.decide_rows(import_id=new.pk, decisions=decisions or {})
            run.begin_import(import_id=new.pk, in_background=False)
            run.run_import(import_id=new.pk, now=NOW)
    return list(new.rows.all())


def take(rows: list[Row], *, dry: bool = False, decisions: dict[int, RowDecision] | None = None) -> list[PlaceImportRow]:
    return bring(as_csv(rows), dry=dry, decisions=decisions)


def outcomes(rows: list[PlaceImportRow]) -> list[str]:
    return [row.outcome for row in rows]


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
    return [*good, *wrong_codes, *swapped, *doubles, *people], {"new": 800, "refused": 150, "repeated": 50}


def test_a_thousand_rows_are_told_apart_and_the_dry_run_writes_nothing() -> None:
    rows, expected = a_thousand_rows()
    before = everything()
    report = take(rows, dry=True)
    assert len(report) == 1000
    assert Counter(outcomes(report)) == expected
    assert everything() == before
    told = {result.name: " ".join(result.messages) for result in report if result.messages}
    assert "belongs to Gand / Gent, not to Schaerbeek" in told["Faux code 0"]
    assert "swapped" in told["Inversé 0"]
    assert "mobile number" in told["Portable 0"]
    assert told[rows[0]["name_fr"]] == "The same as row 2."


def test_the_first_run_writes_drafts_and_the_second_changes_nothing() -> None:
    rows, expected = a_thousand_rows()
    assert outcomes(take(rows)).count(RowOutcome.NEW) == expected["new"]
    assert Place.objects.count() == expected["new"]
    assert set(Place.objects.values_list("status", "provenance")) == {(PlaceStatus.DRAFT, Provenance.IMPORT)}
    before = everything()
    again = Counter(outcomes(take(rows)))
    assert (again[RowOutcome.UNCHANGED], again[RowOutcome.NEW], again[RowOutcome.CHANGED]) == (expected["new"], 0, 0)
    assert everything() == before


def test_a_row_that_changed_changes_its_place_and_no_other() -> None:
    take([row(key="a"), row(key="b", name_fr="Tout autre nom")])
    report = take([row(key="a", since="2019"), row(key="b", name_fr="Tout autre nom")])
    assert outcomes(report) == [RowOutcome.CHANGED, RowOutcome.UNCHANGED]
    assert report[0].messages == ["Works with peers since: – → 2019"]


def test_a_file_without_keys_is_known_by_name_and_municipality() -> None:
    take([row()])
    assert outcomes(take([row(name_fr="MAISON DU TILLEUL asbl")])) == [RowOutcome.CHANGED]
    assert Place.objects.count() == 1


def test_columns_a_file_lacks_stay_as_they_are() -> None:
    take([row(key="a", phone="02 555 01 00", summary_fr="Un accueil")])
    report = bring(b"id;name;telephone;Fax\na;Maison du Tilleul;02 555 02 00;1\n")
    assert report[0].messages == ["Telephone of the service: 02 555 01 00 → 02 555 02 00"]
    place = Place.objects.get()
    assert (place.summary_fr, place.practices, place.phone) == ("Un accueil", ["employed"], "02 555 02 00")
    assert PlaceImport.objects.first().unused_columns == ["Fax"]  # type: ignore[union-attr]


def test_a_place_of_the_map_is_not_doubled_unless_a_person_says_so() -> None:
    place = PlaceFactory(name_fr="La Maison du Tilleul asbl", name_nl="", email="", phone="")
    checked = take([row(phone="02 555 01 00")], dry=True)
    assert outcomes(checked) == [RowOutcome.LIKELY]
    assert "La Maison du Tilleul asbl" in checked[0].messages[0]
    assert outcomes(take([row(phone="02 555 01 00")])) == [RowOutcome.SKIPPED]
    assert outcomes(take([row(phone="02 555 01 00")], decisions={2: RowDecision.SAME})) == [RowOutcome.CHANGED]
    place.refresh_from_db()
    assert (place.phone, Place.objects.count()) == ("02 555 01 00", 1)
    assert outcomes(take([row(phone="02 555 01 00")])) == [RowOutcome.UNCHANGED], "decided once, known ever after"
    assert outcomes(take([row(key="other")], decisions={2: RowDecision.NEW})) == [RowOutcome.NEW]
    assert Place.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Équipe mobile Est", "Équipe mobile Ouest", False),
        ("Équipe mobile Nord", "Équipe mobile Sud", False),
        ("Maison médicale 1", "Maison médicale 2", False),
        ("Club psychosocial de Namur", "Club psychosocial de Mons", False),
        ("Maison du Tilleul", "Maison des Tilleuls", True),
        ("Centre d’accueil La Rencontre", "Centre d'acceuil La Rencontre", True),
        ("L’Autre Lieu asbl", "Autre lieu", True),
    ],
)
def test_a_name_spelt_otherwise_may_be_the_same_and_another_word_is_another_place(first: str, second: str, is_same: bool) -> None:
    assert is_likely_same(bare_name(first), bare_name(second)) is is_same


def test_the_download_of_the_map_comes_back_unchanged_and_what_was_corrected_is_named(client: Client) -> None:
    """Our own CSV: every place is known by its id, however alike the names."""
    PlaceFactory(name_fr="Équipe mobile Est", slug="est", is_exact=True, lat=50.865012345, lon=4.379054321, phone="02 555 01 00")
    PlaceFactory(name_fr="Équipe mobile Ouest", slug="ouest", practices=["employed", "open"], since=2019, headcount="2-3")
    PlaceFactory(name_fr="Vieux lieu", slug="vieux")
    content = client.get("/fr/peer-support/places.csv").getvalue()
    before = everything()
    assert outcomes(bring(content)) == [RowOutcome.UNCHANGED] * 3
    assert outcomes(bring(client.get("/fr/peer-support/places-be.csv").getvalue())) == [RowOutcome.UNCHANGED] * 3
    assert [each for each in everything()[0] if each] == before[0]
    corrected = (
        content.decode("utf-8-sig").replace("02 555 01 00", "02 555 02 00").replace("Équipe mobile Ouest", "Équipe mobile de l’Ouest")
    )
    corrected = corrected.replace(",Schaerbeek,", ",Evere,", 1).replace(",1030,", ",1140,", 1)
    report = {row.values["key"]: row for row in bring(corrected.encode())}
    changed = [message for row in report.values() for message in row.messages]
    assert any("02 555 01 00 → 02 555 02 00" in message for message in changed)
    assert any("Équipe mobile Ouest → Équipe mobile de l’Ouest" in message for message in changed)
    assert sum("Schaerbeek / Schaarbeek → Evere" in message for message in changed) == 1
    assert Place.objects.count() == 3
    assert "checked_on" in PlaceImport.objects.first().unused_columns  # type: ignore[union-attr]


def test_a_place_taken_off_the_map_does_not_come_back_by_an_old_file() -> None:
    PlaceFactory(slug="parti", status=PlaceStatus.WITHDRAWN)
    report = take([row(id="parti")])
    assert outcomes(report) == [RowOutcome.REFUSED]
    assert "taken off the map" in report[0].messages[0]


def test_words_of_people_stand_for_codes() -> None:
    SectorFactory(slug="homeless", name_fr="Sans-abrisme", name_nl="Dak- en thuisloosheid", name_en="Homelessness")
    file = (
        "Nom;Secteur;Pratiques;Langues;Commune;Code postal;Rue;Latitude;Longitude;Adresse e-mail;Téléphone;Site web\n"
        "Service Épée;sans-abrisme;pair-aidants salariés;français, néerlandais;Schaerbeek / Schaarbeek;1030;Rue Royale 1;50,8617;4,3746;"
        "info@service.example;02 555 01 00;https://service.example/\n"
        "Dienst Zwaard;Dak- en thuisloosheid;Betaalde peerhelpers;Nederlands;Schaarbeek;1030;;;;info@dienst.example;02 555 01 01;\n"
    )
    assert outcomes(bring(file.encode())) == [RowOutcome.NEW, RowOutcome.NEW]
    place = Place.objects.get(name_fr="Service Épée")
    assert (place.practices, place.languages, place.email, place.lat) == (["employed"], ["fr", "nl"], "info@service.example", 50.8617)
    assert (place.website, place.postal_code, place.sector.slug) == ("https://service.example/", "1030", "homeless")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_nul_and_any_encoding_are_read(encoding: str) -> None:
    text = as_csv([row(name_fr="Mai\0son d’Été")], "\t").decode()
    assert outcomes(bring(text.encode(encoding))) == [RowOutcome.NEW]
    assert Place.objects.get().name_fr == "Maison d’Été"


def test_a_killed_worker_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "STEP", 2)
    rows = [row(key=f"k{number}", name_fr=name) for number, name in enumerate(("Alpha", "Bravo", "Charlie", "Delta", "Echo"))]
    new = run.start_import(content=as_csv(rows), filename="x.csv", by=None, now=NOW, in_background=False)
    run.check_import(import_id=new.pk, now=NOW)
    run.begin_import(import_id=new.pk, in_background=False)
    run._step(new.pk, "running", "done", NOW)  # type: ignore[arg-type]
    new.refresh_from_db()
    assert (new.done, Place.objects.count()) == (2, 2)
    run.run_import(import_id=new.pk, now=NOW)
    assert Place.objects.count() == 5


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"municipality": "Atlantis"}, "no municipality"),
        ({"municipality": "", "postal_code": "9999"}, "no postal code 9999"),
        ({"municipality": ""}, "municipality is missing"),
        ({"municipality": "", "postal_code": "1040"}, "More than one"),
        ({"sector": "astrology"}, "no sector"),
        ({"practices": "magic"}, "none of paid peer workers (employed)"),
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
    result = take([row(**fields)])[0]
    assert result.outcome == RowOutcome.REFUSED
    assert reason in " ".join(result.messages)
    assert not Place.objects.exists()


def test_our_own_downloads_can_be_read_again(client: Client) -> None:
    PlaceFactory(is_exact=True, name_fr="=Maison", phone="+32 2 512 00 00", is_open_to_placements=True)
    for ending in ("csv", "geojson"):
        content = client.get(f"/fr/peer-support/places.{ending}").getvalue()
        found = read_file(content).rows[0].values
        assert (found["name_fr"], found["phone"], found["municipality_fr"], found["lat"]) == (
            "=Maison",
            "+32 2 512 00 00",
            "Schaerbeek",
            "50.865",
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheet_will_do(delimiter: str) -> None:
    assert read_file(as_csv([row(name_fr="Été; ou, hiver")], delimiter)).rows[0].values["name_fr"] == "Été; ou, hiver"
    assert read_file("nom;commune\nMaison d’été;Liège\n".encode("cp1252")).rows[0].values["name_fr"] == "Maison d’été"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"one column\nvalue\n", b"{", b'{"type": "FeatureCollection"}', b'{"features": [1]}', b'{"features": {"a": 1}}'],
)
def test_what_is_no_list_of_places_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead):
        read_file(content)


def test_a_geojson_point_is_read() -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [4.379, 50.865]},
        "properties": row(street="Rue de l’Exemple 1"),
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert outcomes(bring(content)) == [RowOutcome.NEW]
    place = Place.objects.get()
    assert (place.lat, place.lon, place.precision) == (50.865, 4.379, "address")


def test_the_command_is_a_dry_run_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(as_csv([row(), row(key="b", municipality="Atlantis", name_fr="Perdue")]))
    call_command("import_places", str(file))
    assert not Place.objects.exists()
    assert "3: Perdue" in capsys.readouterr().out
    call_command("import_places", str(file), apply=True)
    assert Place.objects.get().source == "liste.csv"
    with pytest.raises(CommandError):
        call_command("import_places", str(tmp_path / "missing.csv"))
