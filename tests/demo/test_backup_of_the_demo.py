"""The drill with the demo: 50 modules, pages in three languages, pictures, PDFs. What readers read is the same after a restore."""

import shutil
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from core import clock
from core.backup import self_check
from core.backup.encryption import new_key, read_identities
from core.backup.make import make_backup
from core.backup.restore import restore_archive
from core.backup.stored_files import names_in, store
from tests import databases
from tests.core.backup.conftest import PROGRAMS
from tests.core.backup.places import Place, empty_database, public_pages
from tests.html import text

pytestmark = pytest.mark.slow

PAGES = 40


def words(paths: list[str]) -> dict[str, str]:
    return {path: text(page, "main") for path, page in public_pages(paths).items()}


def test_the_demo_comes_back_with_every_word(
    loaded_demo: Path, tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    databases.load_demo_once(loaded_demo)
    saved = Place(f"smes_demo_saved{databases.SUFFIX}", tmp_path / "saved")
    databases._copy(databases.DEMO, saved.database)
    for folder in ("media", "private"):
        shutil.copytree(loaded_demo / folder, saved.folder / folder)
    public, private = new_key()
    (tmp_path / "key.txt").write_text(private)
    with django_db_blocker.unblock(), override_settings(**PROGRAMS):
        with saved.live_in():
            urls = [page.get_url() for page in Page.objects.live().filter(depth__gt=1).order_by("path")]
            sample = urls[:: len(urls) // PAGES]
            before = words(sample)
            archive = make_backup(folder=tmp_path, recipients=[public], now=clock.now(), say=print)
        saved.wipe()
        restored = Place(f"smes_demo_restored{databases.SUFFIX}", tmp_path / "restored")
        empty_database(restored.database)
        with restored.live_in():
            _, manifest = restore_archive(path=archive, identities=read_identities(tmp_path / "key.txt"), say=print)
            assert self_check.compare_with(manifest) == []
            assert words(sample) == before
    assert len(before) >= PAGES
    assert manifest.number_of_files() > 50


def test_files_go_to_whatever_storage_the_site_has() -> None:
    """Through Django's storages: one in memory has no folder on any disk."""
    storage = InMemoryStorage()
    store(storage, "images/face.png", ContentFile(b"content"))
    store(storage, "a.txt", ContentFile(b"words"))
    assert list(names_in(storage)) == ["a.txt", "images/face.png"]
