"""The year 2024 as the demo tells it: nearly every figure of the report stands on the page and in its PDF, in three languages."""

import io
import re

import httpx
import pikepdf
import pypdfium2
import pytest
from django.utils import translation
from lxml import html

from core.text.numbers import written_number
from demo.coverage import told_sheets
from demo.figures import figure_by_id
from tests.serving import Served

PAGES = {"fr": "/fr/annee-2024/", "nl": "/nl/jaar-2024/", "en": "/en/year-2024/"}
MOST_BYTES = 400_000


def bare(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe]", "", words)


def told() -> set[str]:
    [sheet] = [each for each in told_sheets() if "(year-2024)" in each.name]
    return sheet.figures


@pytest.mark.parametrize("language", PAGES)
def test_the_figures_of_the_report_stand_on_the_page_and_in_the_pdf(site: Served, language: str) -> None:
    page = httpx.get(site.url + PAGES[language])
    pdf = httpx.get(site.url + PAGES[language] + "pdf/")
    assert (page.status_code, pdf.status_code) == (200, 200)
    [main] = html.document_fromstring(page.text).iter("main")
    shown = bare(main.text_content())
    read = bare("".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(pdf.content)))
    with translation.override(language):
        written = {key: (bare(figure_by_id(key)[f"label_{language}"]), bare(written_number(figure_by_id(key)["value"]))) for key in told()}
    whole = [key for key, (label, value) in written.items() if label in shown and value in shown and label in read and value in read]
    assert len(whole) >= 180, f"{len(whole)} of {len(written)}"


@pytest.mark.parametrize("language", PAGES)
def test_the_pdf_is_for_every_reader_and_no_burden(site: Served, language: str) -> None:
    pdf = httpx.get(site.url + PAGES[language] + "pdf/").content
    assert len(pdf) <= MOST_BYTES
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
