"""What PDF/UA-1 (ISO 14289-1) asks of a document, as far as its structure tells; docs/testing.md says how veraPDF asks the rest."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

# Operators that show something.
SHOWING = {"Do", "Tj", "TJ", "'", '"', "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}


def faults_of(pdf: bytes, *, language: str) -> list[str]:
    """In words; an empty list where nothing is wrong."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [*_said_of_itself(document, language), *_wrong_in_tree(document), *_wrong_on_pages(document)]


def tags_of(pdf: bytes) -> list[str]:
    """The names of all elements, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(each.S) for each in structure(document)]


def structure(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    yield from below(document.Root.StructTreeRoot)


def below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """Every element within one."""
    kids: Any = element.get("/K", [])
    for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(each, pikepdf.Dictionary):
            if "/S" in each:
                yield each
            yield from below(each)


def _said_of_itself(document: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it is not marked as tagged"
    if str(root.get("/Lang", "")).partition("-")[0] != language:
        yield f"its language is {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "its window shows the file name"
    with document.open_metadata() as metadata:
        if not str(metadata.get("dc:title", "")).strip():
            yield "it has no title"
        if metadata.get("pdfuaid:part") != "1":
            yield "it does not say that it is PDF/UA-1"


def _wrong_in_tree(document: pikepdf.Pdf) -> Iterator[str]:
    elements = list(structure(document))
    tags = [str(each.S) for each in elements]
    silent = [each for each in elements if each.S == "/Figure" and not str(each.get("/Alt", "")).strip()]
    yield from ("a picture without words" for _each in silent)
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]
    if levels[:1] != [1] or any(below - above > 1 for above, below in pairwise(levels)):
        yield f"headings leave a level out: {levels}"
    headless = [each for each in elements if each.S == "/Table" and not any(cell.S == "/TH" for cell in below(each))]
    yield from ("a table without heads" for _each in headless)


def _wrong_on_pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, start=1):
        yield from (f"page {number}: {name} outside the structure" for name in drawn_outside(page))
        links = [each for each in page.get("/Annots", []) if each.Subtype == "/Link"]
        yield from (f"page {number}: a link without words" for each in links if not ("/Contents" in each and "/StructParent" in each))
        if links and page.get("/Tabs") != "/S":
            yield f"page {number}: Tab does not follow the structure"


def drawn_outside(page: pikepdf.Page) -> Iterator[str]:
    """Operators that show something while no marked content, structure or ornament, is open."""
    depth = 0
    for _operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += (name in {"BDC", "BMC"}) - (name == "EMC")
        if depth == 0 and name in SHOWING:
            yield name
