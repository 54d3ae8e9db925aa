"""PDFs made on the spot: good ones, and each kind of bad one."""

import io
from collections.abc import Iterable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from core.pdf import render_pdf

FACTS = {"language": "fr", "document_title": "Étiquettes d’essai", "date": [2026, 11, 24], "nothing": "Rien."}


def good_pdf(lines: Iterable[str] = ("Maison d’exemple", "Rue de l’Exemple 7")) -> bytes:
    """One page, tagged, with title and language: our own labels are good enough a document."""
    return render_pdf("publications/pdf/labels", FACTS | {"labels": [{"lines": list(lines), "content": "2 × essai"}]})


def changed(**steps: bool) -> bytes:
    """A good PDF with something added: `script`, `launch`, `attachment`, `xfa`, `password`, `huge_page`, `untagged`, `hidden_script`."""
    document = pikepdf.open(io.BytesIO(good_pdf()))
    if steps.get("script"):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
    if steps.get("hidden_script"):
        # Deep inside an annotation, in direct objects.
        action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")]))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].Annots = pikepdf.Array([note])
    if steps.get("launch"):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    if steps.get("attachment"):
        document.attachments["x.exe"] = b"MZ"
    if steps.get("xfa"):
        document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(document, b"<xdp/>"), Fields=pikepdf.Array([]))
    if steps.get("huge_page"):
        document.pages[0].mediabox = [0, 0, 99_999, 99_999]
    if steps.get("untagged"):
        del document.Root.MarkInfo
    target = io.BytesIO()
    document.save(target, encryption=pikepdf.Encryption(user="secret", owner="secret") if steps.get("password") else False)
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
