"""Runs alone, as a script: reads PDFs and says what they are. Knows nothing of Django.

    python reader.py FILE COVER [FILE COVER …]

Prints one JSON line a file: `{"refusal": "…"}`, or what was read; the picture of the first page is written to COVER.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

MOST_PAGES = 1000
MOST_POINTS = 14_400  # 200 inches, the largest page the PDF format knows
# Signs of text. A book of a thousand full pages has three million; what is longer would fill the memory of who started us.
LONGEST_PAGE = 60_000
LONGEST_TEXT = 10_000_000
COVER_WIDTH = 640
COVER_HEIGHT_MOST = 1600
# Where a PDF may carry something that runs, sends or hides: ISO 32000-2 §7.7.2, §12.6.
RUNNING_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute"}
RUNNING_ANNOTATIONS = {"/RichMedia", "/Screen", "/Movie", "/FileAttachment", "/3D"}
DEEPEST = 40


def read(path: Path, cover: Path) -> dict[str, Any]:
    """What the file is, or why it is refused."""
    with path.open("rb") as handle:
        # Readers accept a header within the first kilobyte; what has none is something else under a PDF's name.
        if b"%PDF-" not in handle.read(1024):
            return {"refusal": "not_pdf"}
    try:
        with pikepdf.open(path) as document:
            refusal = _refusal(document)
            if refusal:
                return {"refusal": refusal}
            facts = _facts(document)
    except pikepdf.PasswordError:
        return {"refusal": "encrypted"}
    except (pikepdf.PdfError, ValueError, RecursionError, TypeError, KeyError, IndexError):
        return {"refusal": "broken"}
    try:
        return facts | _texts_and_cover(path, cover)
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return {"refusal": "broken"}


def _refusal(document: pikepdf.Pdf) -> str:
    if document.is_encrypted:
        return "encrypted"
    count = len(document.pages)
    if not count:
        return "empty"
    if count > MOST_PAGES or any(_is_huge(page) for page in document.pages):
        return "too_long"
    return "scripted" if _runs(document) else ""


def _is_huge(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return abs(right - left) > MOST_POINTS or abs(top - bottom) > MOST_POINTS


def _runs(document: pikepdf.Pdf) -> bool:
    """Whether anything in the file runs, sends or carries another file. Every object is looked at: scripts hide in odd places."""
    root = document.Root
    if "/XFA" in root.get("/AcroForm", {}) or "/EmbeddedFiles" in root.get("/Names", {}):
        return True
    for each in document.objects:
        if isinstance(each, pikepdf.Stream):
            each = each.stream_dict
        if isinstance(each, pikepdf.Dictionary) and _dictionary_runs(each, DEEPEST):
            return True
    return False


def _dictionary_runs(each: Any, depth: int) -> bool:
    # `/EF`: a file inside the file, whether the list of names knows it or only `/AF` or an annotation does.
    if "/JS" in each or "/EF" in each or str(each.get("/S", "")) in RUNNING_ACTIONS or str(each.get("/Subtype", "")) in RUNNING_ANNOTATIONS:
        return True
    # Direct objects have no number of their own: they are found inside those that have one.
    return depth > 0 and any(_child_runs(child, depth - 1) for child in each.values())


def _child_runs(child: Any, depth: int) -> bool:
    if isinstance(child, pikepdf.Object) and child.is_indirect:
        return False
    if isinstance(child, pikepdf.Dictionary):
        return _dictionary_runs(child, depth)
    if isinstance(child, pikepdf.Array) and depth > 0:
        return any(_child_runs(each, depth - 1) for each in child)
    return False


def _facts(document: pikepdf.Pdf) -> dict[str, Any]:
    with document.open_metadata() as metadata:
        title = metadata.get("dc:title") or document.docinfo.get("/Title", "")
    return {
        "page_count": len(document.pages),
        "title": _one_line(title)[:240],
        "language": _one_line(document.Root.get("/Lang", ""))[:20],
        "is_tagged": _is_marked(document.Root.get("/MarkInfo", {})) and "/StructTreeRoot" in document.Root,
    }


def _one_line(value: Any) -> str:
    """A text of the file without the characters a database chokes on (NUL); nothing for what is no text."""
    if not isinstance(value, str | pikepdf.String):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())


def _is_marked(info: Any) -> bool:
    return bool(info.get("/Marked", False))


def _texts_and_cover(path: Path, cover: Path) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(path)
    try:
        texts = _texts(document)
        first = document[0]
        width, height = first.get_size()
        scale = min(COVER_WIDTH / width, COVER_HEIGHT_MOST / height)
        picture = first.render(scale=scale).to_pil().convert("RGB")
        picture.save(cover, "WEBP", quality=82, method=4)
        return {"texts": texts, "cover": picture.size}
    finally:
        document.close()


def _texts(document: pypdfium2.PdfDocument) -> list[str]:
    texts, left = [], LONGEST_TEXT
    for page in document:
        words = page.get_textpage()
        texts.append(words.get_text_bounded()[: min(LONGEST_PAGE, left)])
        left -= len(texts[-1])
        words.close()
        page.close()
    return texts


def main(arguments: list[str]) -> None:
    for path, cover in zip(arguments[::2], arguments[1::2], strict=True):
        sys.stdout.write(json.dumps(read(Path(path), Path(cover))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
