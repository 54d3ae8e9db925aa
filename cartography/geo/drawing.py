"""The map without JavaScript, drawn on the server: Belgium, Brussels enlarged beside it, and places as dots that merge in dense areas."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final, Protocol

from cartography.geo import belgium

WIDTH: Final = 1000
HEIGHT: Final = 830
# NIS codes of the towns named on the map for orientation, outside of Brussels.
CITIES: Final = (
    *("11002", "44021", "31005", "35013", "34022", "24062", "12025", "71022", "71016", "13040", "41002", "36015", "46021", "38025"),
    *(
        "62063",
        "63079",
        "63023",
        "92094",
        "52011",
        "53053",
        "57081",
        "57096",
        "25112",
        "81001",
        "82003",
        "83034",
        "91034",
        "84077",
        "55004",
    ),
)
# What each frame shows, in degrees: west, south, east, north.
COUNTRY: Final = (2.52, 49.48, 6.43, 51.52)
CAPITAL: Final = (4.235, 50.755, 4.49, 50.92)
Ring = list[tuple[float, float]]


class Dot(Protocol):
    """What can be drawn."""

    lat: float
    lon: float
    region: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the earth in a rectangle of the drawing."""

    bounds: tuple[float, float, float, float]
    left: float
    top: float
    width: float

    def place(self, point: belgium.Point) -> tuple[float, float]:
        """Where a point stands in the drawing."""
        west, _south, east, north = self.bounds
        x0, y0 = belgium.mercator(belgium.Point(north, west))
        x1, _y1 = belgium.mercator(belgium.Point(north, east))
        x, y = belgium.mercator(point)
        scale = self.width / (x1 - x0)
        return self.left + (x - x0) * scale, self.top + (y0 - y) * scale

    @property
    def height(self) -> float:
        return self.place(belgium.Point(self.bounds[1], self.bounds[0]))[1] - self.top


BELGIUM: Final = Frame(COUNTRY, 0, 0, WIDTH)
BRUSSELS: Final = Frame(CAPITAL, 20, 472, 330)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One dot of the drawing: how many places, and how large."""

    x: float
    y: float
    count: int

    @property
    def radius(self) -> float:
        """The area grows with the number, slowly."""
        return round(9 + 5 * (self.count - 1) ** 0.5 if self.count < 30 else 36, 1)


def bubbles(dots: Iterable[Dot], *, cell: float = 46) -> list[Bubble]:
    """The places of the country, those of Brussels in its own frame; neighbours in one dot."""
    groups: dict[tuple[bool, int, int], list[tuple[float, float]]] = defaultdict(list)
    for dot in dots:
        is_capital = dot.region == belgium.BRUSSELS
        x, y = (BRUSSELS if is_capital else BELGIUM).place(belgium.Point(dot.lat, dot.lon))
        groups[is_capital, int(x // cell), int(y // cell)].append((x, y))
    found = [
        Bubble(x=round(sum(x for x, _y in group) / len(group), 1), y=round(sum(y for _x, y in group) / len(group), 1), count=len(group))
        for group in groups.values()
    ]
    return sorted(found, key=lambda bubble: -bubble.count)


def marker(lat: float, lon: float, region: str, *, is_exact: bool = False) -> dict[str, float | bool]:
    """The marker of one place on the drawing of its own page: on the country, or on Brussels alone, enlarged."""
    is_capital = region == belgium.BRUSSELS
    x, y = (BRUSSELS if is_capital else BELGIUM).place(belgium.Point(lat, lon))
    return {"x": round(x, 1), "y": round(y, 1), "radius": 9 if is_capital else 16, "is_capital": is_capital, "is_exact": is_exact}


@cache
def shapes() -> list[dict[str, Any]]:
    """The provinces and the communes of Brussels: names, region, and rings of (lon, lat)."""
    topology = json.loads((belgium.GEODATA / "basemap.topojson").read_text("utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for layer, objects in topology["objects"].items():
        for each in objects["geometries"]:
            polygons = [each["arcs"]] if each["type"] == "Polygon" else each["arcs"]
            rings = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
            found.append({"layer": layer, "properties": each["properties"], "polygons": rings})
    return found


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Ring:
    """TopoJSON keeps differences of whole numbers."""
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        lon, lat = (place * scale + shift for place, scale, shift in zip((x, y), transform["scale"], transform["translate"], strict=True))
        points.append((lon, lat))
    return points


def _ring(indexes: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; a negative number is an arc walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _path(polygons: Iterable[Iterable[Ring]], frame: Frame) -> str:
    """The `d` of an SVG path: a tenth of a unit is less than a line's width."""
    parts: list[str] = []
    for polygon in polygons:
        for ring in polygon:
            places = [tuple(round(each) for each in frame.place(belgium.Point(lat, lon))) for lon, lat in ring]
            steps = list(_steps(places))
            if len(steps) > 2:
                parts.append(f"M{places[0][0]} {places[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def _steps(places: Sequence[tuple[int, ...]]) -> Iterator[str]:
    for (x0, y0), (x1, y1) in pairwise(places):
        if (x1, y1) != (x0, y0):
            yield f"{x1 - x0} {y1 - y0}"


def basemap_svg() -> str:
    """`static/map/belgium.svg`: two symbols without colours of their own, for `<use>`."""
    country = "".join(_path(each["polygons"], BELGIUM) for each in shapes() if each["layer"] == "provinces")
    communes = "".join(_path(each["polygons"], BRUSSELS) for each in shapes() if each["layer"] == "brussels")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path id="provinces" d="{country}"/><path id="communes" d="{communes}"/></svg>\n'
    )


def basemap_json() -> str:
    """`static/map/basemap.json`: GeoJSON for the map in the browser."""
    features = [
        {
            "type": "Feature",
            "properties": _properties(each),
            "geometry": {"type": "MultiPolygon", "coordinates": [[_rounded(ring) for ring in polygon] for polygon in each["polygons"]]},
        }
        for each in shapes()
    ]
    features += [_city(found) for nis in CITIES if (found := belgium.municipality(nis)) and found.point]
    frames = {"bbox": COUNTRY, "capital": CAPITAL}  # the scripts take them from here, so that they are written once
    return json.dumps({"type": "FeatureCollection", **frames, "features": features}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _properties(shape: dict[str, Any]) -> dict[str, Any]:
    own = shape["properties"]
    if shape["layer"] == "provinces":
        return {"layer": "province", "region": own["region"]}
    return {"layer": "commune", "fr": own["name_fr"], "nl": own["name_nl"], "en": own["name_fr"], "label": own["label"]}


def _city(found: belgium.Municipality) -> dict[str, Any]:
    assert found.point is not None  # noqa: S101 (those without a point are left out)
    label = [found.point.lon, found.point.lat]
    names = {language: found.name(language) for language in ("fr", "nl", "en")}
    return {"type": "Feature", "properties": {"layer": "city", "label": label} | names, "geometry": None}


def _rounded(ring: Ring) -> list[list[float]]:
    points = [[round(lon, 4), round(lat, 4)] for lon, lat in ring]
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
