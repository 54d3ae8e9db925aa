"""Templates: every one compiles and is used."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines

from tests.house.code import code_files
from tests.undefined import Noted

REFERENCE = re.compile(r"""["']((?:[\w-]+/)+[\w-]+\.(?:html|txt|mjml|xml|typ))["']""")


def templates(root: Path) -> dict[str, Path]:
    folder = root / "templates"
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}


def test_every_template_compiles(root: Path) -> None:
    engine = engines["django"]
    for name in templates(root):
        if not name.endswith(".typ"):
            engine.get_template(name)


def overrides(name: str) -> bool:
    """Whether a package we use has a template of that name, which ours replaces."""
    return any((Path(app.path) / "templates" / name).exists() for app in apps.get_app_configs())


def test_every_template_is_used(root: Path) -> None:
    """A template is used when code or another template names it; mails are named by their stem, crispy names its pack."""
    sources = code_files(root)
    text = "\n".join(path.read_text("utf-8") for path in [*sources, *templates(root).values()])
    named = set(REFERENCE.findall(text))
    stems = re.findall(r"""["']((?:[\w-]+/)*(?:mail|pdf)/[\w-]+)["']""", text)
    unused = []
    for name in templates(root):
        stem = re.sub(r"(\.subject)?\.\w+$", "", name)
        conventional = name.startswith("smes/") or stem in stems or overrides(name)
        if name not in named and not conventional:
            unused.append(name)
    assert unused == []


@pytest.mark.django_db
def test_a_variable_nobody_gave_is_noticed() -> None:
    """The control of the watch in tests/undefined.py."""
    engine = engines["django"]
    engine.get_template("components/notice.html").render({"text": "x", "tone": "info"})
    assert Noted.found == []
    engine.get_template("home/news_page.html").render({})
    assert any(each.startswith("layouts/page.html") for each in Noted.found)
    Noted.found.clear()
