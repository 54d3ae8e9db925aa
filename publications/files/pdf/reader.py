"""Runs alone, as a script: reads PDFs and says what they are. Knows nothing of Django.

    python reader.py FILE COVER [FILE COVER …]

Prints one JSON line a file: `{"refusal": "…"}`, or what was read; the picture of the first page is written to COVER.
"""

import json
import re
import sys
from collections.abc import Iterator
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
# Actions that open another file: a share of somebody else's network for one, which is told who opens it.
LEAVING_ACTIONS = {"/GoToR", "/GoToE", "/GoToDp", "/Thread"}
SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
HARMLESS_SCHEMES = {"http", "https", "ftp", "mailto", "tel", "doi", "urn"}
DEEPEST = 40
LONGEST_DETAIL = 200


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
                return refusal
            facts = _facts(document)
    except pikepdf.PasswordError:
        return {"refusal": "encrypted"}
    except pikepdf.PdfError as error:
        # Another way to protect than a password (a certificate, a rights server) is no damage.
        return {"refusal": "encrypted" if "encrypt" in str(error).casefold() else "broken"}
    except (ValueError, RecursionError, TypeError, KeyError, IndexError):
        return {"refusal": "broken"}
    try:
        return facts | _texts_and_cover(path, cover)
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return {"refusal": "broken"}


def _refusal(document: pikepdf.Pdf) -> dict[str, str]:
    """A file that opens without a password is read whatever its author forbids (print, copy): who asks for one raised PasswordError."""
    count = len(document.pages)
    if not count:
        return {"refusal": "empty"}
    if count > MOST_PAGES or any(_is_huge(page) for page in document.pages):
        return {"refusal": "too_long"}
    if _runs(document):
        return {"refusal": "scripted"}
    link = next(filter(None, map(_leads_away, _dictionaries(document))), "")
    return {"refusal": "leading_away", "detail": link[:LONGEST_DETAIL]} if link else {}


def _is_huge(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return abs(right - left) > MOST_POINTS or abs(top - bottom) > MOST_POINTS


def _runs(document: pikepdf.Pdf) -> bool:
    """Whether anything in the file runs, sends or carries another file. Every object is looked at: scripts hide in odd places."""
    root = document.Root
    if "/XFA" in root.get("/AcroForm", {}) or "/EmbeddedFiles" in root.get("/Names", {}):
        return True
    return any(_holds_what_runs(each) for each in _dictionaries(document))


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file. Direct ones have no number of their own: they are found inside those that have one."""
    for each in document.objects:
        yield from _inside(each.stream_dict if isinstance(each, pikepdf.Stream) else each, DEEPEST)


def _inside(each: Any, depth: int) -> Iterator[Any]:
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Array) or depth < 0:
        return
    is_dictionary = isinstance(each, pikepdf.Dictionary)
    if is_dictionary:
        yield each
    for child in each.values() if is_dictionary else each:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _inside(child, depth - 1)


def _holds_what_runs(each: Any) -> bool:
    # `/EF`: a file inside the file, whether the list of names knows it or only `/AF` or an annotation does.
    return "/JS" in each or "/EF" in each or _name(each, "/S") in RUNNING_ACTIONS or _name(each, "/Subtype") in RUNNING_ANNOTATIONS


def _name(each: Any, key: str) -> str:
    return str(each.get(key, ""))


def _leads_away(each: Any) -> str:
    """Where a link here leads, if that is not the web or mail, or if it is followed without anybody having asked for it."""
    for key in ("/F", "/UF", "/Unix", "/DOS"):
        if _names_network_file(each.get(key)):
            return _one_line(each[key])
    if _name(each, "/S") in LEAVING_ACTIONS and "/F" in each:
        file = each["/F"]
        named = (file.get("/UF") or file.get("/F")) if isinstance(file, pikepdf.Dictionary) else file
        return _one_line(named) or _name(each, "/S")
    for key in ("/URI", "/Base"):
        if _is_harmful_link(each.get(key)):
            return _one_line(each[key])
    opening = each.get("/AA", {})
    at_once = [each.get("/OpenAction"), *(opening.values() if isinstance(opening, pikepdf.Dictionary) else ())]
    return next(filter(None, (_web_page_of(action, DEEPEST) for action in at_once)), "")


def _names_network_file(value: Any) -> bool:
    if not isinstance(value, pikepdf.String):
        return False
    return _without_gaps(value).casefold().replace("\\", "/").startswith(("//", "file:", "http:", "https:"))


def _is_harmful_link(value: Any) -> bool:
    if not isinstance(value, pikepdf.String):
        return False
    link = _without_gaps(value)
    scheme = SCHEME.match(link)
    return link.startswith(("//", "\\")) or bool(scheme and scheme[1].casefold() not in HARMLESS_SCHEMES)


def _without_gaps(value: Any) -> str:
    """As a browser reads it: `java\\tscript:` is the same to it as `javascript:`."""
    return "".join(char for char in str(value) if char.isprintable() and not char.isspace())


def _web_page_of(action: Any, depth: int) -> str:
    """What an action, or one that follows it, opens in a browser."""
    if isinstance(action, pikepdf.Array) and depth > 0:
        return next(filter(None, (_web_page_of(each, depth - 1) for each in action)), "")
    if not isinstance(action, pikepdf.Dictionary) or depth < 0:
        return ""
    if _name(action, "/S") == "/URI":
        return _one_line(action.get("/URI")) or "/URI"
    return _web_page_of(action.get("/Next"), depth - 1)


def _facts(document: pikepdf.Pdf) -> dict[str, Any]:
    return {
        "page_count": len(document.pages),
        "title": (_one_line(_described_title(document)) or _one_line(document.docinfo.get("/Title", "")))[:240],
        "language": _one_line(document.Root.get("/Lang", ""))[:20],
        "is_tagged": _is_marked(document.Root.get("/MarkInfo", {})) and "/StructTreeRoot" in document.Root,
    }


def _described_title(document: pikepdf.Pdf) -> Any:
    """The title of the XMP description. What stands there is often odd (an empty entry of a list) in a fine file."""
    try:
        return document.open_metadata().get("dc:title")
    except Exception:
        return ""


def _one_line(value: Any) -> str:
    """A text of the file without the characters a database chokes on (NUL); nothing for what is no text."""
    if not isinstance(value, str | pikepdf.String):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())


def _is_marked(info: Any) -> bool:
    return isinstance(info, pikepdf.Dictionary) and bool(info.get("/Marked", False))


def _texts_and_cover(path: Path, cover: Path) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(path)
    try:
        texts = _texts(document)
        first = document[0]
        width, height = first.get_size()
        scale = min(COVER_WIDTH / width, COVER_HEIGHT_MOST / height)
        picture = first.render(scale=scale).to_pil().convert("RGB")
        picture.save(cover, "WEBP", quality=78, method=6)
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
