"""PDFs made on the spot: good ones, and each kind of bad one."""

import io
from collections.abc import Callable, Iterable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from core.files.pdf import render_pdf

FACTS = {"language": "fr", "document_title": "Étiquettes d’essai", "date": [2026, 11, 24], "nothing": "Rien."}


def good_pdf(lines: Iterable[str] = ("Maison d’exemple", "Rue de l’Exemple 7")) -> bytes:
    """One page, tagged, with title and language: our own labels are good enough a document."""
    return render_pdf("publications/pdf/labels", FACTS | {"labels": [{"lines": list(lines), "content": "2 × essai"}]})


def run_a_script(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('x')")


def hide_a_script(document: Pdf) -> None:
    """Deep inside an annotation, in direct objects."""
    action = Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.JavaScript, JS="x")]))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def launch_a_program(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F="cmd.exe")


def open_a_web_page(document: Pdf) -> None:
    """By itself, as soon as the file is opened."""
    document.Root.OpenAction = Dictionary(S=Name.URI, URI="https://attacker.example/")


def carry_a_file(document: Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


def hide_a_file(document: Pdf) -> None:
    """Named by the document alone, as PDF/A-3 allows: no list of names leads there."""
    inside = Dictionary(F=document.make_stream(b"MZ"))
    document.Root.AF = Array([document.make_indirect(Dictionary(Type=Name.Filespec, F="x.exe", EF=inside))])


def be_a_form(document: Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=Stream(document, b"<xdp/>"), Fields=Array([]))


def grow_a_page(document: Pdf) -> None:
    document.pages[0].mediabox = [0, 0, 99_999, 99_999]


def lose_the_tags(document: Pdf) -> None:
    del document.Root.MarkInfo


def say_nul(document: Pdf) -> None:
    """A character no database holds, in title and language."""
    del document.Root.Metadata
    document.docinfo.Title = "Un\x00 titre"
    document.Root.Lang = String("f\x00r")


def say_lists(document: Pdf) -> None:
    """Lists where texts belong."""
    del document.Root.Metadata
    document.docinfo.Title = Array([1])
    document.Root.Lang = Array([1])


def never_stop_talking(document: Pdf) -> None:
    """96,000 characters on one page."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    words = b"(" + b"mot " * 8000 + b") Tj "
    document.pages[0].Contents = document.make_stream(b"BT /F .001 Tf 9 9 Td " + words * 3 + b"ET")


def changed(*steps: Callable[[Pdf], None], password: str = "") -> bytes:
    """A good PDF after some steps, each from above."""
    document = pikepdf.open(io.BytesIO(good_pdf()))
    for step in steps:
        step(document)
    target = io.BytesIO()
    document.save(target, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return target.getvalue()


def no_page() -> bytes:
    target = io.BytesIO()
    pikepdf.new().save(target)
    return target.getvalue()


def many_pages(count: int) -> bytes:
    document = pikepdf.new()
    for _page in range(count):
        document.add_blank_page(page_size=(200, 200))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def upload(content: bytes, name: str = "brochure.pdf") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
