"""Streams the places as GeoJSON and CSV, with licence and origin."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cartography.directory.entries import Entry
from core.files.spreadsheets import as_text
from core.text.safety import writable

LICENCE: Final = "CC BY 4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION: Final = "Smes (peer-support map); municipalities © Statbel, boundaries © NGI/IGN (CC BY 4.0); points ODbL 1.0"
COLUMNS: Final = (
    *("id", "name_fr", "name_nl", "sector", "practices", "role_names", "since", "headcount", "languages", "open_to_placements"),
    *(
        "summary_fr",
        "summary_nl",
        "summary_en",
        "street",
        "postal_code",
        "municipality_nis",
        "municipality_fr",
        "municipality_nl",
        "region",
    ),
    *(
        "latitude",
        "longitude",
        "point",
        "precision",
        "email",
        "phone",
        "website",
        "status",
        "provenance",
        "source",
        "checked_on",
        "checked_by",
    ),
    *("example", "licence"),
)
ROWS_A_PIECE: Final = 50


class Echo:
    """A file that hands back what is written: the csv module then makes one line at a time."""

    def write(self, text: str) -> str:
        return text


def feature_collection(records: Iterable[dict[str, Any]], *, about: dict[str, Any]) -> Iterator[str]:
    """GeoJSON (RFC 7946). `records` as `selectors.records.open_records` gives them."""
    head = {"type": "FeatureCollection", "licence": LICENCE, "licence_url": LICENCE_URL, "attribution": ATTRIBUTION} | about
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    yield from _pieces(",", (_feature(record) for record in records))
    yield "]}\n"


def _feature(record: dict[str, Any]) -> str:
    own = {name: value for name, value in record.items() if name not in {"latitude", "longitude"}}
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    return json.dumps({"type": "Feature", "id": record["id"], "geometry": point, "properties": own}, ensure_ascii=False)


def brief_collection(entries: Iterable[Entry]) -> Iterator[str]:
    """What the map in the browser needs, and no more."""
    yield '{"type":"FeatureCollection","features":['
    yield from _pieces(",", (_brief(entry) for entry in entries))
    yield "]}"


def _brief(entry: Entry) -> str:
    own = {"n": entry.name, "u": entry.url, "m": f"{entry.postal_code} {entry.municipality}".strip(), "s": entry.sector_name}
    flags = {"x": 1} if entry.is_exact else {}
    flags |= {"e": 1} if entry.is_example else {}
    flags |= {"c": 1} if entry.is_to_confirm else {}
    point = {"type": "Point", "coordinates": [round(entry.lon, 5), round(entry.lat, 5)]}
    return json.dumps(
        {"type": "Feature", "id": entry.page_id, "geometry": point, "properties": own | flags}, ensure_ascii=False, separators=(",", ":")
    )


def csv_lines(records: Iterable[dict[str, Any]], *, is_belgian: bool = False) -> Iterator[str]:
    """CSV (RFC 4180): UTF-8 with its mark, and no cell that is a formula.

    `is_belgian`: as a spreadsheet set to Belgium opens it, semicolons between the columns and commas in the numbers.
    """
    writer: Any = csv.writer(Echo(), delimiter=";" if is_belgian else ",")
    yield "\ufeff" + writer.writerow(COLUMNS)
    yield from _pieces("", (writer.writerow([_cell(record[name], is_belgian) for name in COLUMNS]) for record in records))


def _cell(value: Any, is_belgian: bool) -> Any:
    if isinstance(value, float) and is_belgian:
        return str(value).replace(".", ",")
    if isinstance(value, list):
        value = ";".join(value)
    return as_text(value) if isinstance(value, str) else "" if value is None else value


def _pieces(glue: str, texts: Iterable[str]) -> Iterator[str]:
    """Joined texts, some at a time: a piece for each row would make compression and sending slow."""
    piece: list[str] = []
    is_first = True
    for text in texts:
        piece.append(text if is_first else glue + text)
        is_first = False
        if len(piece) == ROWS_A_PIECE:
            yield writable("".join(piece))
            piece = []
    yield writable("".join(piece))
