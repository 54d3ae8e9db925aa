"""The code of the site as files."""

from pathlib import Path

PACKAGES = ("site", "home", "trainings", "publications", "newsletter", "cartography")


def code_files(root: Path) -> list[Path]:
    return [path for package in PACKAGES for path in (root / package).rglob("*.py") if "migrations" not in path.parts]
