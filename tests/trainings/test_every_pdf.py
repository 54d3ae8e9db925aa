"""Every PDF of trainings is for every reader: PDF/UA-1 by its structure, in each language.

`KEEP_PDFS=1` leaves them in var/pdf, where veraPDF looks at the rest (docs/testing.md).
"""

import os
from pathlib import Path

import pikepdf
import pytest

from tests.pdf_structure import faults_of
from tests.publications.pdfs import changed, lose_the_tags
from tests.trainings.every_pdf import PDFS

pytestmark = pytest.mark.django_db
KEPT = Path(__file__).resolve().parents[2] / "var" / "pdf"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("kind", PDFS)
def test_it_is_tagged_from_its_title_to_its_last_ornament(kind: str, language: str) -> None:
    pdf = PDFS[kind](language)
    if os.environ.get("KEEP_PDFS"):
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{kind}-{language}.pdf").write_bytes(pdf)
    assert faults_of(pdf, language=language) == []


def draw_beside_the_structure(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(b"0 0 9 9 re f")


def lose_the_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


@pytest.mark.control
@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lose_the_tags, "it is not marked as tagged"),
        (lose_the_language, "its language is None"),
        (draw_beside_the_structure, "page 1: f outside the structure"),
    ],
    ids=["marks", "language", "drawing"],
)
def test_what_is_wrong_is_seen(harm: object, fault: str) -> None:
    assert fault in faults_of(changed(harm), language="fr")  # type: ignore[arg-type]
