"""Static files: each is used, scripts are bound to something, nothing comes from elsewhere."""

import re
from pathlib import Path

import pytest

from tests.house.code import code_files

STATIC = Path(__file__).resolve().parents[2] / "static"
# Scripts about the whole page: they look for no part of it.
WHOLE_PAGE = {"print.js": "what is folded is printed open", "keep-answers.js": "the form of the page, in another language"}
TEXT = {".css", ".js", ".svg", ".html", ".mjml", ".typ", ".json"}


def sources(root: Path) -> str:
    """All that may name a static file."""
    files = [*code_files(root), *(path for folder in ("templates", "static") for path in (root / folder).rglob("*") if path.suffix in TEXT)]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_file_is_named_somewhere(root: Path) -> None:
    text = sources(root)
    kept = [path for path in STATIC.rglob("*") if path.is_file() and not path.name.startswith(("LICENSE", "README"))]
    assert [str(path.relative_to(STATIC)) for path in kept if path.name not in text] == []


@pytest.mark.parametrize("script", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_scripts_bind_by_data_attribute(root: Path, script: Path) -> None:
    """One behaviour a file, and what it looks for stands in a template; or it is a part another script imports."""
    text = script.read_text("utf-8")
    is_part = any(f"/{script.name}" in other.read_text("utf-8") for other in STATIC.glob("js/*.js") if other != script)
    hooks = set(re.findall(r"\[(data-smes-[\w-]+)", text))
    templates = "\n".join(path.read_text("utf-8") for path in [*(root / "templates").rglob("*.html"), *code_files(root)])
    assert is_part or script.name in WHOLE_PAGE or re.search(r"data-smes-|dataset\.smes", text)
    assert {hook for hook in hooks if hook not in templates and hook not in text.replace(f"[{hook}", "")} == set()


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=lambda path: str(path.relative_to(STATIC)))
def test_styles_load_nothing_from_elsewhere(sheet: Path) -> None:
    assert re.findall(r"(?:url\(|@import )['\"]?(?:https?:)?//", sheet.read_text("utf-8")) == []


def test_every_font_has_its_licence_beside_it() -> None:
    families = {path.name.split("-latin")[0] for path in STATIC.glob("fonts/*.woff2")}
    assert {family for family in families if not (STATIC / "fonts" / f"LICENSE-{family}.txt").exists()} == set()
