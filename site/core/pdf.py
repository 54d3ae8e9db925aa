"""PDF from typst templates: tagged (PDF/UA-1, ISO 14289-1) and archivable (PDF/A-2a, ISO 19005-2)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.template import TemplateDoesNotExist

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Compiles `templates/<template>.typ`. `data` arrives there as JSON text in `sys.inputs.data`, never as markup.

    Raises TemplateDoesNotExist for an unknown template, typst.TypstError when the document cannot be made (an image
    without alternative text, for one).
    """
    root = Path(settings.BASE_DIR) / "templates"
    source = root / f"{template}.typ"
    if not source.exists():
        raise TemplateDoesNotExist(f"{template}.typ")
    compiler = typst.Compiler(
        str(source),
        root=str(root),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(dict(data), default=str)},
    )
    # typst's own annotation asks for a list of all standards it knows; ours is a part of them.
    document = compiler.compile(format="pdf", pdf_standards=STANDARDS)  # type: ignore[arg-type]
    if not isinstance(document, bytes):
        raise TypeError(f"{template} gave no single PDF.")
    return document
