"""Documents keep up with the code: links lead somewhere, paths and commands that are named exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
# `trainings/roles.py`, `tests/house/`: at least one slash, no placeholder.
PATH = re.compile(r"`((?:site|home|trainings|publications|newsletter|cartography|core|demo|config|templates|static|tests|docs)/[\w./-]+)`")
COMMAND = re.compile(r"manage\.py (\w+)")
SOURCES = (ROOT, ROOT / "site")
NEVER = {"site/__init__.py"}  # named because it must not exist

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@every_document
def test_links_lead_to_files(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text("utf-8")) if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@every_document
def test_paths_that_are_named_exist(document: Path) -> None:
    named = {name.rstrip(".") for name in PATH.findall(document.read_text("utf-8"))}
    assert [name for name in sorted(named - NEVER) if not exists(name)] == []


def exists(name: str) -> bool:
    """As written, as a package of `site/`, or without its ending (a template's or a migration's stem)."""
    return any((source / name).exists() or list(source.glob(f"{name}*")) for source in (*SOURCES, ROOT / "templates"))


@every_document
def test_commands_that_are_named_exist(document: Path) -> None:
    assert set(COMMAND.findall(document.read_text("utf-8"))) - set(get_commands()) == set()


def test_every_decision_has_its_own_number() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert len(numbers) == len(set(numbers))
