"""A backup of each release is restored by the code of today, migrated, and read."""

import re
import tomllib
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.backup.database import count_rows
from core.backup.encryption import read_identities
from core.backup.verify import verify_archive
from tests.core.backup.places import Place, public_pages
from tests.html import texts
from tests.upgrades.releases import KEY, MOST_BYTES, archive_of, headings_of, releases

# Tables that a later version took away, and where their rows went.
GONE: dict[str, str] = {}
# Rows the site writes about itself: fewer of them lose nothing.
OWN_RECORDS = {"django_session", "core_workerheartbeat", "wagtailsearch_indexentry", "wagtailcore_referenceindex"}

every_release = pytest.mark.parametrize("version", releases())


@every_release
def test_a_backup_of_a_release_becomes_the_site_of_today(empty: Place, version: str) -> None:
    """No row is lost, mailed links open, and every page that was there is there and about the same."""
    call_command("restore", archive_of(version), private_key=KEY)
    _, manifest = verify_archive(path=archive_of(version), identities=read_identities(KEY), say=lambda line: None)
    found = count_rows(connection)
    kept = manifest.tables.keys() - OWN_RECORDS - GONE.keys()
    assert {name: (manifest.tables[name], found.get(name)) for name in kept if found.get(name, 0) < manifest.tables[name]} == {}
    before = headings_of(version)
    assert len(before) > 50
    now = {path: texts(page, "h1") for path, page in public_pages(before).items()}
    assert {path: (headings, now.get(path)) for path, headings in before.items() if now.get(path) != headings} == {}


@every_release
@pytest.mark.control
def test_a_migration_that_is_missing_is_seen(empty: Place, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where the code lost a migration the release had, its backup is refused."""
    from core.backup import manifest

    class Loader:
        disk_migrations: ClassVar[dict[tuple[str, str], object]] = {}

        def __init__(self, *args: object, **options: object) -> None: ...

    monkeypatch.setattr(manifest, "MigrationLoader", Loader)
    with pytest.raises(CommandError, match="newer version of the site"):
        call_command("restore", archive_of(version), private_key=KEY)


@every_release
def test_the_archive_of_a_release_is_small(version: str) -> None:
    assert archive_of(version).stat().st_size <= MOST_BYTES


def changelog(root: Path) -> list[str]:
    """The versions it tells of, newest first."""
    return re.findall(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$", (root / "docs" / "changelog.md").read_text("utf-8"), re.MULTILINE)


def test_this_version_has_its_entry_in_the_changelog(root: Path) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert changelog(root)[0] == version


def test_every_release_of_the_changelog_has_its_archive(root: Path) -> None:
    assert sorted(changelog(root)) == sorted(releases())
