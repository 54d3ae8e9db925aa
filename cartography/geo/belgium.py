"""The 565 Belgian municipalities with their postal codes and points, and the projection of the maps."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from core.text.comparison import folded

GEODATA: Final = Path(__file__).parents[1] / "geodata"
# West, south, east, north: a little more than the country.
BOUNDS: Final = (2.5, 49.4, 6.5, 51.6)
ENGLISH: Final = {"21004": "Brussels", "11002": "Antwerp", "44021": "Ghent", "31005": "Bruges"}
BRUSSELS, FLANDERS, WALLONIA = "04000", "02000", "03000"
CAPITAL = "21004"  # the City of Brussels
# Half the circumference of the earth in Web Mercator, the projection Leaflet draws in.
MERCATOR_RADIUS: Final = 6378137.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, WGS84."""

    lat: float
    lon: float

    @property
    def is_in_belgium(self) -> bool:
        west, south, east, north = BOUNDS
        return south <= self.lat <= north and west <= self.lon <= east


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the 565, under its NIS code."""

    nis: str
    name_fr: str
    name_nl: str
    province: str
    region: str
    postal_codes: tuple[str, ...]
    point: Point | None

    def name(self, language: str) -> str:
        """As readers of `language` call it; in English its local name, a few cities their English one."""
        if language == "en":
            return ENGLISH.get(self.nis) or (self.name_nl if self.region == FLANDERS else self.name_fr)
        return self.name_nl if language == "nl" else self.name_fr

    @property
    def both_names(self) -> str:
        return self.name_fr if self.name_fr == self.name_nl else f"{self.name_fr} / {self.name_nl}"


@cache
def municipalities() -> dict[str, Municipality]:
    """All of them, by NIS code."""
    points = {row["nis"]: Point(float(row["lat"]), float(row["lon"])) for row in _rows("municipality-points.csv")}
    return {
        row["nis"]: Municipality(
            nis=row["nis"],
            name_fr=row["fr"],
            name_nl=row["nl"],
            province=row["province"],
            region=row["region"],
            postal_codes=tuple(row["codes"]),
            point=points.get(row["nis"]),
        )
        for row in json.loads((GEODATA / "municipalities.json").read_text("utf-8"))
    }


@cache
def _localities() -> tuple[dict[str, set[str]], dict[tuple[str, str], Point], dict[str, set[str]]]:
    """Postal code → municipalities; (postal code, municipality) → point; folded name of a municipality or locality → municipalities."""
    by_code: dict[str, set[str]] = defaultdict(set)
    points: dict[tuple[str, str], Point] = {}
    by_name: dict[str, set[str]] = defaultdict(set)
    for each in municipalities().values():
        for name in (each.name_fr, each.name_nl, ENGLISH.get(each.nis, "")):
            by_name[_key(name)].add(each.nis)
        for code in each.postal_codes:
            by_code[code].add(each.nis)
    for row in _rows("postal-points.csv"):
        by_code[row["postal_code"]].add(row["nis"])
        if row["lat"]:
            points[row["postal_code"], row["nis"]] = Point(float(row["lat"]), float(row["lon"]))
        if _key(row["localities"]) not in by_name:
            by_name[_key(row["localities"])].add(row["nis"])
    by_name.pop("", None)
    return by_code, points, by_name


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _key(name: str) -> str:
    """`Saint-Gilles`, `St. Gilles` and `SAINT GILLES` are the same name."""
    words = "".join(char if char.isalnum() else " " for char in folded(name)).split()
    return " ".join({"st": "saint", "ste": "sainte", "sint": "saint"}.get(word, word) for word in words)


def municipality(nis: str) -> Municipality | None:
    """The municipality of a NIS code."""
    return municipalities().get(nis)


def with_postal_code(code: str) -> list[Municipality]:
    """The municipalities of a postal code: mostly one, none for a code that does not exist."""
    return [municipalities()[nis] for nis in sorted(_localities()[0].get(code.strip(), ()))]


def named(name: str) -> list[Municipality]:
    """The municipalities called `name` in French, Dutch or, for a few, English; also by the main locality of a postal code."""
    return [municipalities()[nis] for nis in sorted(_localities()[2].get(_key(name), ()))]


def find(*, name: str = "", postal_code: str = "") -> list[Municipality]:
    """The municipalities that answer both what is said of the name and of the postal code; whichever is empty says nothing."""
    found = named(name) if name.strip() else None
    coded = with_postal_code(postal_code) if postal_code.strip() else None
    if found is None or coded is None:
        return found or coded or []
    # People of Schaerbeek write `1030 Bruxelles`: the code says which of the nineteen they mean.
    is_capital = [each.nis for each in found] == [CAPITAL]
    return [each for each in coded if each in found or (is_capital and each.region == BRUSSELS)]


def as_entered(text: str) -> list[Municipality]:
    """The municipalities a text entered in one field may mean: `1030`, `Schaarbeek`, `1030 Schaerbeek`, `Schaerbeek / Schaarbeek`."""
    digits = "".join(char for char in text if char.isdigit())
    code = digits if len(digits) == 4 else ""
    name = "".join(char for char in text if not char.isdigit()).partition("/")[0].strip(" ,()-")
    return find(name=name, postal_code=code) or (with_postal_code(code) if code and not name else [])


def point_of(nis: str, postal_code: str = "") -> Point | None:
    """A point for a municipality: that of its postal code when there is one, else its own."""
    by_code = _localities()[1].get((postal_code, nis))
    found = municipality(nis)
    return by_code or (found.point if found else None)


def search_words(nis: str, postal_code: str) -> str:
    """Every name and code a reader may look for a place of this municipality by, folded."""
    found = municipality(nis)
    if found is None:
        return postal_code
    return _key(" ".join((found.name_fr, found.name_nl, ENGLISH.get(nis, ""), postal_code, *found.postal_codes)))


def search_key(text: str) -> str:
    """Words as the search compares them."""
    return _key(text)


def mercator(point: Point) -> tuple[float, float]:
    """Metres east and north, as web maps draw them."""
    x = math.radians(point.lon) * MERCATOR_RADIUS
    y = math.log(math.tan(math.pi / 4 + math.radians(point.lat) / 2)) * MERCATOR_RADIUS
    return x, y


def kilometres(first: Point, second: Point) -> float:
    """The distance between two points of Belgium, near enough."""
    north = (first.lat - second.lat) * 111.2
    east = (first.lon - second.lon) * 111.2 * math.cos(math.radians((first.lat + second.lat) / 2))
    return math.hypot(north, east)
