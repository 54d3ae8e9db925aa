"""Reads CSV and GeoJSON into plain rows, whatever program wrote them."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

MOST_ROWS = 5000
# Names of columns people use, and the ones of our own downloads.
ALIASES = {
    "key": ("id", "key", "clé", "sleutel"),
    "name_fr": ("name", "nom", "naam", "nom_fr"),
    "name_nl": ("naam_nl", "nom_nl"),
    "sector": ("secteur",),
    "practices": ("pratiques", "practice"),
    "municipality": ("municipality_fr", "municipality_nl", "commune", "gemeente", "municipality_nis"),
    "postal_code": ("code_postal", "postcode", "cp", "zip"),
    "street": ("rue", "adresse", "address", "straat"),
    "lat": ("latitude", "y"),
    "lon": ("longitude", "lng", "x"),
    "email": ("e-mail", "mail", "courriel"),
    "phone": ("telephone", "téléphone", "telefoon", "tel"),
    "website": ("site", "site_web", "url", "web"),
    "is_open_to_placements": ("open_to_placements", "stages", "placements"),
}


class UnreadableFile(Exception):
    """No CSV and no GeoJSON: the message says what is wrong with it."""


def read_rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a file under our names for the columns, every value a text. Raises UnreadableFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what older spreadsheets write
    rows = _features(text) if text.lstrip().startswith("{") else _lines(text)
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(_("The file has more than %(count)s rows.") % {"count": MOST_ROWS})
    return [_renamed(row) for row in rows]


def _lines(text: str) -> list[dict[str, Any]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    if not reader.fieldnames or len(reader.fieldnames) < 2:
        raise UnreadableFile(_("The first line must name the columns, for example name_fr, municipality, sector."))
    try:
        return [{str(name).strip().lower(): value for name, value in row.items() if name} for row in reader]
    except csv.Error as error:
        raise UnreadableFile(str(error)) from error


def _features(text: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(text)
        features = content["features"]
        return [_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(_("This is not a GeoJSON FeatureCollection of points.")) from error


def _feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    own = {str(name).lower(): value for name, value in (feature.get("properties") or {}).items()}
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Point":
        own["lon"], own["lat"] = geometry["coordinates"][:2]
    if feature.get("id") and "id" not in own:
        own["id"] = feature["id"]
    return own


def _renamed(row: Mapping[str, Any]) -> dict[str, str]:
    renamed = {name: _text(value) for name, value in row.items()}
    for name, others in ALIASES.items():
        if not renamed.get(name):
            renamed[name] = next((renamed[other] for other in others if renamed.get(other)), "")
    return renamed


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    text = "" if value is None else str(value).strip()
    # Our own downloads mark with an apostrophe what a spreadsheet would take for a formula.
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text
