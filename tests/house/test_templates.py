"""Templates: every one compiles, is used, can be read; what pages are made of is shown on the component page, and nothing else is."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.test import Client, override_settings

from core.views.showcase import shown_templates
from tests.house.code import code_files
from tests.undefined import Noted

LONGEST_LINE = 160
REFERENCE = re.compile(r"""["']((?:[\w-]+/)+[\w-]+\.(?:html|txt|mjml|xml|typ|js))["']""")


def templates(root: Path) -> dict[str, Path]:
    folder = root / "templates"
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml"}


def long_lines(root: Path) -> list[str]:
    found = {name: path.read_text("utf-8").splitlines() for name, path in templates(root).items()}
    return [f"{name}:{number}" for name, lines in found.items() for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]


def test_every_line_can_be_read_without_scrolling(root: Path) -> None:
    assert long_lines(root) == []


@pytest.mark.control
def test_a_long_line_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/wide.html").write_text("<p>short</p>\n" + "x" * (LONGEST_LINE + 1))
    assert long_lines(tmp_path) == ["wide.html:2"]


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


# What draws nothing is not shown.
NOT_DRAWN = {"publications/parts/feed_links.html": "links for the head of a page"}


def parts(root: Path) -> set[str]:
    """What pages are made of: every component, and every part of an app."""
    return {name for name in templates(root) if name.endswith(".html") and ("/parts/" in name or name.startswith("components/"))}


def in_use(root: Path, code: str) -> set[str]:
    """The templates a page comes to: named in code, or by a template that is no part and not of the showcase, and all these include."""
    texts = {name: path.read_text("utf-8") for name, path in templates(root).items()}
    whole_pages = [text for name, text in texts.items() if name not in parts(root) and not name.startswith("core/showcase/")]
    reached = set()
    found = set(REFERENCE.findall("\n".join([code, *whole_pages])))
    while found - reached:
        name = (found - reached).pop()
        reached.add(name)
        found |= set(REFERENCE.findall(texts.get(name, "")))
    return reached


def code_of_pages(root: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in code_files(root) if path.name not in {"showcase.py", "samples.py"})


@pytest.fixture
def shown(client: Client, db: None) -> set[str]:
    """The templates the pages of the showcase draw."""
    with override_settings(DEMO=True):
        answers = [client.get(f"/design/{group}/" if group else "/design/") for group in shown_templates()]
    assert {answer.status_code for answer in answers} == {200}
    return {str(template.name) for answer in answers for template in answer.templates}


def test_what_is_shown_is_what_pages_use(root: Path) -> None:
    assert parts(root) - in_use(root, code_of_pages(root)) == set()


def test_what_pages_use_is_shown(root: Path, shown: set[str]) -> None:
    assert len(parts(root)) > 60
    assert parts(root) - shown == set(NOT_DRAWN)


def test_every_sample_belongs_to_a_template(root: Path) -> None:
    assert [str(path) for path in (root / "templates").rglob("*.yaml") if not path.with_suffix(".html").exists()] == []


@pytest.mark.control
def test_a_part_only_the_showcase_includes_is_noticed(tmp_path: Path, shown: set[str]) -> None:
    """A planted house: `dot` stands in a card that only the showcase shows, `row` in a page."""
    planted = {
        "components/card.html": '{% include "components/dot.html" %}',
        "components/dot.html": "·",
        "trainings/parts/row.html": "<li>",
        "trainings/page.html": '{% include "trainings/parts/row.html" %}',
        "core/showcase/page.html": '{% include "components/card.html" %}',
    }
    for name, text in planted.items():
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert parts(tmp_path) - in_use(tmp_path, code="") == {"components/card.html", "components/dot.html"}
    assert parts(tmp_path) - in_use(tmp_path, code='render(request, "components/card.html")') == set()
    assert "trainings/parts/row.html" in parts(tmp_path) - shown, "used, but not shown"
