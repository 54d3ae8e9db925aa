"""CSV, XLSX and GeoJSON read into plain rows under our names for their columns, whatever program wrote them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from core.imports.cells import without_formula_mark
from core.imports.encodings import decoded
from core.imports.errors import CannotRead
from core.imports.headings import aliases, folded_heading
from core.imports.table import Layout, read_table
from core.text.safety import writable

# Names of columns people use, and the ones of our own downloads.
KNOWN: Final = aliases({
    "key": ("id", "clé", "sleutel", "code", "identifiant"),
    "name_fr": ("name", "nom", "naam", "nom fr", "nom français", "nom en français", "name in French", "dénomination", "nom du service"),
    "name_nl": ("naam nl", "nom nl", "nom en néerlandais", "naam in het Nederlands", "name in Dutch"),
    "sector": ("secteur",),
    "practices": ("pratiques", "practice", "pratique", "pair-aidance", "praktijken", "peerpraktijk"),
    "role_names": ("role name", "roles", "fonctions", "functies", "rolnamen", "appellations"),
    "since": ("depuis", "sinds", "année", "jaar", "year"),
    "headcount": ("posts", "postes", "posten", "nombre de postes", "aantal posten"),
    "languages": ("langues", "talen", "langue", "taal", "language"),
    "is_open_to_placements": ("open to placements", "stages", "placements", "stage", "accueille des stagiaires"),
    "summary_fr": ("résumé", "résumé fr", "description", "description fr", "samenvatting fr"),
    "summary_nl": ("samenvatting", "samenvatting nl", "résumé nl", "beschrijving", "omschrijving", "description nl"),
    "summary_en": ("summary", "résumé en", "samenvatting en", "description en"),
    "municipality": ("commune", "gemeente", "ville", "stad", "localité", "plaats"),
    "municipality_fr": ("commune fr",),
    "municipality_nl": ("gemeente nl",),
    "municipality_nis": ("nis", "ins", "code ins", "nis code"),
    "postal_code": ("code postal", "postcode", "cp", "zip", "zip code"),
    "street": ("rue", "rue et numéro", "adresse", "address", "straat", "straat en nummer", "street and number", "adres"),
    "precision": ("précision", "precisie"),
    "lat": ("latitude", "y", "breedtegraad"),
    "lon": ("longitude", "lng", "x", "lengtegraad"),
    "email": ("e-mail", "mail", "courriel", "adresse e-mail", "adresse mail", "e-mailadres", "email address"),
    "phone": ("téléphone", "telefoon", "tel", "tél", "gsm", "telephone", "numéro de téléphone", "telefoonnummer"),
    "website": ("site", "site web", "url", "web", "site internet", "website url", "webstek"),
})  # fmt: skip
LAYOUT: Final = Layout(known=KNOWN, required=("name_fr",), example="nom / naam / name", most_bytes=2 * 1024 * 1024, most_rows=5000)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row; `number` is the one a spreadsheet shows, or the place of a feature in its collection."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class File:
    """What a file holds. `headings`: what it calls our columns."""

    rows: list[FileRow]
    headings: dict[str, str]
    written_as: str
    unused_columns: list[str] = field(default_factory=list)


def read_file(content: bytes) -> File:
    """The rows of a file, every value a text. Raises CannotRead."""
    if len(content) <= LAYOUT.most_bytes and is_json(content):
        return _features(content)
    table = read_table(content, LAYOUT)
    rows = [FileRow(row.number, {name: without_formula_mark(value) for name, value in row.values.items()}) for row in table.rows]
    return File(rows, {name: headings[0] for name, headings in table.headings.items()}, table.written_as, table.unknown)


def is_json(content: bytes) -> bool:
    """A table begins with a heading, an object with a brace."""
    return content.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in {b"{", b"["}


def _features(content: bytes) -> File:
    text, encoding = decoded(content)
    try:
        features = json.loads(text)["features"]
        found = [_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CannotRead(_("This is not a GeoJSON FeatureCollection of points.")) from error
    if len(found) > LAYOUT.most_rows:
        raise CannotRead(_("The file has more than %(count)s rows: please split it.") % {"count": LAYOUT.most_rows})
    if not found:
        raise CannotRead(_("The file is empty."))
    names = {name: KNOWN.get(folded_heading(name), "") for row in found for name in row}
    rows = [FileRow(number, _under_our_names(row, names)) for number, row in enumerate(found, start=1)]
    headings = {ours: name for name, ours in names.items() if ours}
    return File(rows, headings, f"GeoJSON, {encoding}", [name for name, ours in names.items() if not ours])


def _feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    own = dict(feature.get("properties") or {})
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Point":
        own["lon"], own["lat"] = [*geometry["coordinates"], None, None][:2]
    if feature.get("id") and "id" not in own:
        own["id"] = feature["id"]
    return own


def _under_our_names(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in row.items():
        if ours := names[name]:
            values[ours] = values.get(ours) or without_formula_mark(_text(value))
    return values


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else writable(str(value)).strip()
