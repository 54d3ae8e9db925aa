"""What we run and did not write: pinned by hash, from one place, listed, and still looked after by those who wrote it."""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import django
import pytest
import wagtail
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PYPI = "https://pypi.org/simple"

# The last day of security fixes. A new version: write its line here, from its source. Django gives months (the first day counts); Wagtail
# looks after its two newest versions, one comes every three months, and so the day is that of the version after the next.
SUPPORTED_UNTIL = {
    "Django": {  # https://www.djangoproject.com/download/#supported-versions
        "6.1": datetime.date(2027, 12, 1),
        "6.2": datetime.date(2030, 4, 1),
    },
    "Wagtail": {  # https://github.com/wagtail/wagtail/wiki/Release-schedule
        "8.0": datetime.date(2027, 2, 1),
        "8.1": datetime.date(2027, 5, 1),
    },
    "Python": {  # https://devguide.python.org/versions/
        "3.13": datetime.date(2029, 10, 1),
        "3.14": datetime.date(2030, 10, 1),
    },
    "PostgreSQL": {  # https://www.postgresql.org/support/versioning/
        "15": datetime.date(2027, 11, 11),
        "16": datetime.date(2028, 11, 9),
        "17": datetime.date(2029, 11, 8),
        "18": datetime.date(2030, 11, 14),
    },
}


def out_of_support(name: str, version: str, today: datetime.date) -> str:
    """Why this version must go, in a sentence; empty while it is looked after."""
    until = SUPPORTED_UNTIL[name].get(version)
    if until is None:
        return f"{name} {version} is not in SUPPORTED_UNTIL: write down until when it gets security fixes."
    if today >= until:
        newer = ", ".join(known for known, end in SUPPORTED_UNTIL[name].items() if end > until) or "a newer one"
        return f"{name} {version} gets no security fixes any more since {until:%d %B %Y}: go to {newer}."
    return ""


def version_of(name: str) -> str:
    """What runs here, as far as support goes by it."""
    return {
        "Django": ".".join(map(str, django.VERSION[:2])),
        "Wagtail": ".".join(map(str, wagtail.VERSION[:2])),
        "Python": ".".join(map(str, sys.version_info[:2])),
    }[name]


@pytest.mark.parametrize("name", ["Django", "Wagtail", "Python"])
def test_what_we_run_gets_security_fixes(name: str) -> None:
    assert out_of_support(name, version_of(name), datetime.datetime.now(datetime.UTC).date()) == ""


@pytest.mark.django_db
def test_the_database_gets_security_fixes() -> None:
    connection.ensure_connection()
    version = str(connection.connection.info.server_version // 10_000)
    assert out_of_support("PostgreSQL", version, datetime.datetime.now(datetime.UTC).date()) == ""


def test_the_oldest_database_the_documents_allow_does() -> None:
    assert "PostgreSQL 15 or later" in (ROOT / "docs" / "deployment.md").read_text("utf-8")
    assert out_of_support("PostgreSQL", "15", datetime.datetime.now(datetime.UTC).date()) == ""


@pytest.mark.control
@pytest.mark.parametrize(("name", "version"), [("Django", "6.1"), ("Wagtail", "8.0"), ("Python", "3.13"), ("PostgreSQL", "18")])
def test_the_day_it_ends_is_told_in_a_sentence(name: str, version: str) -> None:
    end = SUPPORTED_UNTIL[name][version]
    assert out_of_support(name, version, end - datetime.timedelta(days=1)) == ""
    assert out_of_support(name, version, end).startswith(f"{name} {version} gets no security fixes any more since")
    assert "is not in SUPPORTED_UNTIL" in out_of_support(name, "99", end)


def locked() -> list[dict[str, Any]]:
    """The packages of the lock file, without the site itself."""
    packages: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    return [package for package in packages if "virtual" not in package["source"]]


def not_pinned(packages: list[dict[str, Any]]) -> list[str]:
    """Those from elsewhere than PyPI, and those with a file without a hash."""
    found = []
    for package in packages:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        has_hashes = files and all(file.get("hash", "").startswith("sha256:") for file in files)
        if package["source"] != {"registry": PYPI} or not has_hashes:
            found.append(package["name"])
    return found


def test_every_package_is_pinned_by_hash_and_comes_from_pypi() -> None:
    assert len(locked()) > 60
    assert not_pinned(locked()) == []


@pytest.mark.control
@pytest.mark.parametrize(
    "change",
    [
        {"source": {"git": "https://example.org/x"}},
        {"source": {"registry": "https://example.org/simple"}},
        {"wheels": [{"url": "x"}]},
        {"wheels": [], "sdist": {}},
    ],
    ids=["git", "another registry", "no hash", "no file"],
)
def test_one_that_is_not_is_noticed(change: dict[str, Any]) -> None:
    package = locked()[0]
    assert not_pinned([package | change]) == [package["name"]]


def test_the_list_of_components_names_every_package(tmp_path: Path) -> None:
    """`make sbom`: what production runs, each package with its version and its hashes, and none of the developers' tools."""
    if not (shutil.which("uv") or (ROOT / ".tools" / "bin" / "uv").exists()):
        assert not os.environ.get("CI"), "CI has uv"
        pytest.skip("no uv here")
    subprocess.run(["make", "--no-print-directory", "sbom"], cwd=ROOT, check=True, capture_output=True)
    told = json.loads((ROOT / "var" / "sbom.cdx.json").read_text("utf-8"))
    assert told["bomFormat"] == "CycloneDX"
    components = {component["name"]: component for component in told["components"]}
    versions = {package["name"]: package["version"] for package in locked()}
    assert {"django", "wagtail", "psycopg", "gunicorn", "cryptography"} <= set(components)
    assert not {"pytest", "ruff", "mypy"} & set(components)
    assert {name: component["version"] for name, component in components.items()}.items() <= versions.items()
    assert all(component["purl"].startswith("pkg:pypi/") for component in components.values())
    assert [name for name, component in components.items() if not any(file.get("hashes") for file in component["externalReferences"])] == []
