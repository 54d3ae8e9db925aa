"""The house: arrows point one way, files stay small, nothing is half done."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.code import PACKAGES, code_files


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(each) for each in (root, root / "site"))
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(root / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=root, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False)


def test_imports_point_one_way(root: Path) -> None:
    result = lint_imports(root)
    assert result.returncode == 0, result.stdout


# For each contract, by the name of its container, one import that breaks it.
AGAINST_THE_ARROWS = {
    "the apps": ("core.against", "trainings.enums"),
    "trainings": ("trainings.catalogue.against", "trainings.enrolment"),
    "publications": ("publications.works.against", "publications.orders"),
    "newsletter": ("newsletter.subscribers.against", "newsletter.sending"),
    "cartography": ("cartography.places.against", "cartography.submissions"),
    "followup": ("followup.requests.against", "followup.notes"),
    "figures": ("figures.report.against", "figures.approval"),
    "core": ("core.text.against", "core.mail"),
}


def test_an_import_against_the_arrows_is_refused(root: Path, tmp_path: Path) -> None:
    """The control: in a copy of the code each contract is broken by one import, and each message names it."""
    for package in PACKAGES:
        subprocess.run(["cp", "-r", str(root / package), str(tmp_path / package)], check=True)
    for module, imported in AGAINST_THE_ARROWS.values():
        source_root = tmp_path / "site" if (root / "site" / module.split(".")[0]).is_dir() else tmp_path
        source = source_root / Path(*module.split(".")).with_suffix(".py")
        source.write_text(f"import {imported}\n")
    (tmp_path / "pyproject.toml").write_text((root / "pyproject.toml").read_text("utf-8"))
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    assert [arrow for arrow in AGAINST_THE_ARROWS.values() if " -> ".join(arrow) not in result.stdout] == []
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert f"0 kept, {len(contracts)} broken" in result.stdout
    assert len(contracts) == len(AGAINST_THE_ARROWS)


def test_site_is_a_source_root_and_never_a_package(root: Path) -> None:
    """The standard library owns the name `site`."""
    assert not (root / "site" / "__init__.py").exists()


def test_files_stay_small(root: Path) -> None:
    limits = {".py": 400, ".html": 150, ".css": 400, ".js": 400}
    files = [*code_files(root), *(root / "templates").rglob("*.html"), *(root / "static").rglob("*.css"), *(root / "static").rglob("*.js")]
    too_long = {str(path.relative_to(root)): n for path in files if (n := len(path.read_text("utf-8").splitlines())) > limits[path.suffix]}
    assert too_long == {}


def test_nothing_is_left_open_in_the_code(root: Path) -> None:
    pattern = re.compile(r"\b(TODO|FIXME|XXX)\b|lorem ipsum", re.IGNORECASE)
    files = [*code_files(root), *(root / "templates").rglob("*.html")]
    assert [str(path) for path in files if pattern.search(path.read_text("utf-8"))] == []


def test_no_module_is_called_utils(root: Path) -> None:
    assert [path for path in code_files(root) if path.stem in {"utils", "helpers", "misc", "common"}] == []


@pytest.mark.parametrize("suffix", [".min.js", ".bundle.js", ".map"])
def test_no_third_party_code_is_committed(root: Path, suffix: str) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [name for name in tracked if name.endswith(suffix)] == []


@pytest.mark.parametrize(
    "room", ["site/core", "site/followup", "site/figures", "home", "trainings", "publications", "newsletter", "cartography"]
)
def test_the_root_of_an_app_holds_few_modules(root: Path, room: str) -> None:
    """What belongs to a subject stands in its package (docs/decisions/0020): at the root, what Django and Wagtail look for by name."""
    assert len([path for path in (root / room).glob("*.py") if path.name != "__init__.py"]) <= 13
