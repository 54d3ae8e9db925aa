"""The PDF of the report with every subject in it, for every reader: PDF/UA-1 by its structure, in each language.

`KEEP_PDFS=1` leaves it in var/pdf, where veraPDF looks at the rest (docs/testing.md).
"""

import os

import pytest
from django.test import Client

from tests.figures.documents.test_files import content_of
from tests.figures.scene import two_years
from tests.pdf_structure import faults_of, tags_of
from tests.trainings.test_every_pdf import KEPT


@pytest.mark.django_db
def test_it_is_tagged_from_its_title_to_its_last_table(direction: Client) -> None:
    two_years(2024)
    for language in ("fr", "nl", "en"):
        pdf = content_of(direction.get(f"/admin/report/2024/figures.pdf?language={language}"))
        if os.environ.get("KEEP_PDFS"):
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"report-{language}.pdf").write_bytes(pdf)
        assert faults_of(pdf, language=language) == []
        assert {"/H1", "/H2", "/Table", "/TH"} <= set(tags_of(pdf))
