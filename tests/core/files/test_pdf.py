"""PDF documents: tagged, archivable, and what people typed stays text."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from django.template import TemplateDoesNotExist

from core.files.pdf import render_pdf

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: datetime(year: 2026, month: 11, day: 24))
#set text(lang: data.language)
= #data.title
#data.text
#if data.at("picture", default: false) { image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), format: "svg") }
"""
DATA = {"title": "Attestation", "language": "fr", "text": "Été à Bruxelles"}


@pytest.fixture
def sheet(tmp_path: Path, settings: Any) -> str:
    """A document of our own, in a house of its own."""
    (tmp_path / "templates" / "pdf").mkdir(parents=True)
    (tmp_path / "templates" / "pdf" / "sheet.typ").write_text(SOURCE)
    settings.BASE_DIR = tmp_path
    return "pdf/sheet"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_the_document_is_tagged_titled_and_in_its_language(sheet: str) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sheet, DATA))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.StructTreeRoot.K
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Attestation"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"


def test_every_font_is_embedded(sheet: str) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sheet, DATA))) as pdf:
        files = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"]
        assert files
        assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in files)


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        '#import "/etc/passwd": *',
        '#read("/etc/passwd")',
        "$x^2$ *bold* _it_ `raw`",
        '"] } \\ // <label> @ref',
        "]]> <b> & é",
    ],
)
def test_what_a_person_typed_is_never_markup(sheet: str, text: str) -> None:
    pdf = render_pdf(sheet, DATA | {"text": text})
    assert text in text_of(pdf).replace("\r\n", " ").replace("\ufffe", "")


@pytest.mark.parametrize("name", ["漢字 太郎", "דנה כהן", "Zoé 🎉", "private \ue000 use"])
def test_a_name_in_a_script_we_have_no_font_for_still_gives_a_tagged_document(sheet: str, name: str) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sheet, DATA | {"text": name}))) as pdf:
        assert pdf.Root.MarkInfo.Marked


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Ștefan Ţepeş", "Đặng Văn Lâm", "Γιάννης", "Олександр Їжак", "Müller-Ñuñez ’t Hooft"])
def test_names_of_europe_keep_the_standards(sheet: str, name: str) -> None:
    pdf = render_pdf(sheet, DATA | {"text": name})
    assert b"pdfuaid" in pdf
    assert name in text_of(pdf)


def test_the_same_data_gives_the_same_bytes(sheet: str) -> None:
    assert render_pdf(sheet, DATA) == render_pdf(sheet, DATA)


def test_a_picture_without_alternative_text_is_refused(sheet: str) -> None:
    with pytest.raises(typst.TypstError):
        render_pdf(sheet, DATA | {"picture": True})


def test_an_unknown_document_is_refused(sheet: str) -> None:
    with pytest.raises(TemplateDoesNotExist):
        render_pdf("pdf/nothing", DATA)


def test_half_a_character_of_an_old_row_breaks_no_document(sheet: str) -> None:
    assert "Zo" in text_of(render_pdf(sheet, DATA | {"text": "Zo\ud83c"}))
