"""PDF from typst templates: tagged (PDF/UA-1, ISO 14289-1) and archivable (PDF/A-2a, ISO 19005-2)."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.template import TemplateDoesNotExist

logger = logging.getLogger(__name__)

# What typst says about a character without a font, and about one the standards forbid (private use).
UNPRINTABLE = ("error: the text", "error: the PDF contains the codepoint")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Compiles `templates/<template>.typ`. `data` arrives there as JSON text in `sys.inputs.data`, never as markup.

    Raises TemplateDoesNotExist for an unknown template, typst.TypstError when the document cannot be made (an image
    without alternative text, for one). A name in a script our fonts lack is shown as boxes in a document that is still
    tagged but keeps no standard: no certificate at all would be worse.
    """
    root = Path(settings.BASE_DIR) / "templates"
    source = root / f"{template}.typ"
    if not source.exists():
        raise TemplateDoesNotExist(f"{template}.typ")
    compiler = typst.Compiler(
        str(source),
        root=str(root),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": _whole(json.dumps(dict(data), default=str, ensure_ascii=False))},
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


def _whole(text: str) -> str:
    """Half a character (an old row) becomes the mark that stands for one: it would be no text for the compiler."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
