"""Lists of places as people and programs wrote them, one a file of `inputs/`: what becomes of each row, or why the file is refused."""

from pathlib import Path

import pytest
from django.utils import translation

from cartography.importing.reading import read_file
from cartography.models import Place
from core.imports.errors import CannotRead
from tests.cartography.test_import import bring, outcomes
from tests.core.factories import SectorFactory

pytestmark = pytest.mark.django_db

INPUTS = Path(__file__).parent / "inputs"
OUTCOMES = {
    "bom-semicolon-decimal-comma.csv": ["new"] * 3,
    "duplicates-inside.csv": ["new", "new", "repeated", "repeated"],
    "empty-lines.csv": ["new"] * 3,
    "formulas.csv": ["new"] * 2,
    "french-headings.csv": ["new"] * 3,
    "french-words.csv": ["new"] * 3,
    "geojson-empty-coords.geojson": ["new"],
    "geojson-line.geojson": ["new"],
    "geojson-nan.geojson": ["refused"],
    "geojson-null-geometry.geojson": ["new"],
    "geojson-strings-3d.geojson": ["new"],
    "latin1-semicolon.csv": ["new"] * 3,
    "lowercase-mobile-person.csv": ["refused"],
    "multiline-cell.csv": ["new"],
    "nul.csv": ["new"] * 2,
    "plain.csv": ["new"] * 3,
    "sep-line.csv": ["new"] * 3,
    "swapped.csv": ["refused"] * 3,
    "trailing-empty-columns.csv": ["new"] * 3,
    "utf16-tab.txt": ["new"] * 3,
}
NO_POINTS = "This is not a GeoJSON FeatureCollection of points."
REFUSED = {
    "empty.csv": "The file is empty.",
    "geojson-feature-null.geojson": NO_POINTS,
    "geojson-list.geojson": NO_POINTS,
    "geojson-properties-list.geojson": NO_POINTS,
    "html.csv": "No line of this file names its columns.",
    "only-heading.csv": "holds no row below them",
    "unclosed-quote.csv": "Row 3: a quotation mark is not closed",
}


def test_every_input_has_its_outcome() -> None:
    assert {path.name for path in INPUTS.iterdir()} == {*OUTCOMES, *REFUSED}


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_row_becomes_what_it_should(name: str) -> None:
    SectorFactory(slug="homeless", name_fr="Sans-abrisme")
    rows = bring((INPUTS / name).read_bytes(), dry=True)
    assert outcomes(rows) == OUTCOMES[name], [(each.outcome, each.messages) for each in rows]
    assert not Place.objects.exists()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str) -> None:
    with translation.override("en"), pytest.raises(CannotRead, match=REFUSED[name]):
        read_file((INPUTS / name).read_bytes())
