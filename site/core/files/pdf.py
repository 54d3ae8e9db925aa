"""PDF from typst templates: tagged (PDF/UA-1, ISO 14289-1) and archivable (PDF/A-2a, ISO 19005-2)."""

import json
import logging
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.template import TemplateDoesNotExist

from core.text.safety import writable

logger = logging.getLogger(__name__)

# What typst says about a character without a font, and about one the standards forbid (private use).
UNPRINTABLE = ("error: the text", "error: the PDF contains the codepoint")
# Scripts that typst's own fonts lack, and emoji: Noto, from packages (docs/decisions/0022).
FONT_PACKAGES = ("manimgx_fonts", "noto_cjk_sans_otc")
# The fonts of the site, as typst reads them (it knows no woff2): static/fonts, unpacked, one file a weight.
HOUSE_FONTS = Path(__file__).parent / "fonts"
PROBE = b"""#let data = json(bytes(sys.inputs.data))
#set document(title: "probe")
#set text(font: "Libertinus Serif", lang: "fr")
#data.text"""
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Compiles `templates/<template>.typ`. `data` arrives there as JSON text in `sys.inputs.data`, never as markup.

    Raises TemplateDoesNotExist for an unknown template, typst.TypstError when the document cannot be made (an image
    without alternative text, for one). A name in a script our fonts lack is shown as boxes in a document that is still
    tagged but keeps no standard: ask `can_be_printed` before something is promised to somebody.
    """
    root = Path(settings.BASE_DIR) / "templates"
    source = root / f"{template}.typ"
    if not source.exists():
        raise TemplateDoesNotExist(f"{template}.typ")
    compiler = typst.Compiler(
        str(source),
        root=str(root),
        font_paths=_fonts(),
        sys_inputs={"data": _json(data)},
    )
    try:
        # typst's own annotation asks for a list of all standards it knows; ours is a part of them.
        document = compiler.compile(format="pdf", pdf_standards=STANDARDS)  # type: ignore[arg-type]
    except typst.TypstError as error:
        if not any(each in str(error) for each in UNPRINTABLE):
            raise
        logger.warning("%s holds characters that our fonts lack; made without PDF/A and PDF/UA.", template)
        document = compiler.compile(format="pdf")
    if not isinstance(document, bytes):
        raise TypeError(f"{template} gave no single PDF.")
    return document


def can_be_printed(*texts: str) -> bool:
    """Whether our fonts have every character of `texts`. What no format holds is not asked about: it is left out."""
    compiler = typst.Compiler(PROBE, font_paths=_fonts(), sys_inputs={"data": _json({"text": "\n".join(texts)})})
    try:
        compiler.compile(format="pdf", pdf_standards=STANDARDS)  # type: ignore[arg-type]
    except typst.TypstError as error:
        if any(each in str(error) for each in UNPRINTABLE):
            return False
        raise
    return True


@cache
def _fonts() -> typst.Fonts:
    """Read once a process."""
    specs = [find_spec(name) for name in FONT_PACKAGES]
    folders = [str(Path(spec.origin).parent) for spec in specs if spec and spec.origin]
    return typst.Fonts(include_system_fonts=False, font_paths=[*folders, str(HOUSE_FONTS)])


def _json(data: Mapping[str, Any]) -> str:
    """Old rows hold control characters and halves of characters: neither is text for the compiler."""
    return writable(json.dumps(_clean(data), default=str, ensure_ascii=False))


def _clean(value: Any) -> Any:
    match value:
        case str():
            return writable(value)
        case Mapping():
            return {name: _clean(each) for name, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
    return value
