"""The releases whose archives are kept, and how the archive of a new one is made:

.venv/bin/python -m tests.upgrades.releases 1.1.0
"""

import json
import sys
import tempfile
from pathlib import Path

import tests.pgplugin  # starts the database, before settings are read

FOLDER = Path(__file__).parent
KEY = FOLDER / "key.txt"  # opens these archives and nothing else: their content is made by factories
MOST_BYTES = 200_000


def releases() -> list[str]:
    """Oldest first."""
    return sorted(
        (path.name.removesuffix(".tar.age") for path in FOLDER.glob("*.tar.age")), key=lambda version: [*map(int, version.split("."))]
    )


def archive_of(version: str) -> Path:
    return FOLDER / f"{version}.tar.age"


def headings_of(version: str) -> dict[str, list[str]]:
    """What its pages were about. Shape: {path: headings of the first level}."""
    found: dict[str, list[str]] = json.loads((FOLDER / f"{version}.json").read_text("utf-8"))
    return found


def make(version: str) -> Path:
    """Writes the archive of the code as it is, with a site of every kind of row, and what its pages were about."""
    from django.core.management import call_command
    from django.db import transaction
    from django.test import override_settings

    from core import clock
    from core.backup.make import make_backup
    from tests.core.backup.conftest import PROGRAMS
    from tests.core.backup.places import Place, headings_of_pages
    from tests.crawl.endpoints import create_rows
    from tests.databases import SUFFIX, new_database

    public = KEY.read_text("utf-8").split("# public: ")[1].splitlines()[0]
    new_database("release")
    with tempfile.TemporaryDirectory() as folder:
        place = Place(f"smes_release{SUFFIX}", Path(folder) / "site")
        with place.live_in(), override_settings(**PROGRAMS, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            with transaction.atomic():  # some rows name one another
                create_rows()
            headings = headings_of_pages()
            for back_to in sys.argv[2:]:  # e.g. core=0015: as if a migration were yet to come
                call_command("migrate", *back_to.split("="), verbosity=0)
            made = make_backup(folder=Path(folder), recipients=[public], now=clock.now(), say=print)
        archive_of(version).write_bytes(made.read_bytes())
    (FOLDER / f"{version}.json").write_text(json.dumps(headings, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return archive_of(version)


if __name__ == "__main__":
    import django

    sys.path.insert(0, str(tests.pgplugin.ROOT / "site"))
    django.setup()
    written = make(sys.argv[1])
    sys.stdout.write(f"{written}: {written.stat().st_size} bytes of at most {MOST_BYTES}\n")
