"""What an archive says of itself: a header at its beginning, so that a foreign one is known at once, and what it holds at its end."""

import datetime
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.backup import keys
from core.backup.database import Database
from core.backup.errors import RestoreRefused
from core.backup.version import site_version

FORMAT, VERSION = "smes-backup", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which site, when, and what it takes to restore it."""

    made_at: str
    site_version: str
    engine: str
    server: int
    migrations: list[str]
    keys: dict[str, list[str]]
    format: str = FORMAT
    version: int = VERSION

    @classmethod
    def of_this_site(cls, database: Database, *, now: datetime.datetime) -> Self:
        applied = MigrationRecorder(database.connection).applied_migrations()
        return cls(
            made_at=now.isoformat(timespec="seconds"),
            site_version=site_version(),
            engine=database.engine,
            server=database.server(),
            migrations=sorted(f"{app}.{name}" for app, name in applied),
            keys=keys.fingerprints(),
        )

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Raises RestoreRefused for what no version of this site wrote, or a later one."""
        found = _object(text)
        if found.get("format") != FORMAT:
            raise RestoreRefused("This file is no backup of the site: its header is another one.")
        if not isinstance(found.get("version"), int) or found["version"] > VERSION:
            raise RestoreRefused(
                f"This backup was made by a newer version of the site ({found.get('site_version')}). Install that one first."
            )
        return _filled(cls, found)

    def check_database(self, database: Database) -> None:
        """Raises RestoreRefused where its database cannot be read back."""
        if self.engine != database.engine:
            raise RestoreRefused(f"The backup holds a database of {self.engine}; this site has {database.engine}.")
        if database.server() // 10_000 < self.server // 10_000:
            raise RestoreRefused(
                f"The backup comes from {self.engine} {self.server // 10_000}; this server is older ({database.server() // 10_000})."
            )

    def check_version(self) -> None:
        """Raises RestoreRefused when a migration was applied there that this code does not know."""
        known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
        if unknown := sorted(set(self.migrations) - known):
            raise RestoreRefused(
                f"This backup was made by a newer version of the site ({self.site_version}; this is {site_version()}). "
                f"Install that one first. Unknown here: {', '.join(unknown[:5])}."
            )

    def to_json(self) -> bytes:
        return _json(self)


@dataclass(slots=True)
class Content:
    """One stored file, or the dump of the database."""

    size: int
    sha256: str


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What the archive holds. `files`: by storage and name; `tables`: rows of each."""

    tables: dict[str, int] = field(default_factory=dict)
    database: Content = field(default_factory=lambda: Content(0, ""))
    files: dict[str, dict[str, Content]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Raises RestoreRefused."""
        manifest = _filled(cls, _object(text))
        try:
            manifest.database = Content(**manifest.database)  # type: ignore[arg-type]
            manifest.files = {
                storage: {name: Content(**content) for name, content in files.items()}  # type: ignore[arg-type]
                for storage, files in manifest.files.items()
            }
        except (TypeError, AttributeError) as error:
            raise RestoreRefused("The list of what this backup holds cannot be read.") from error
        return manifest

    def to_json(self) -> bytes:
        return _json(self)

    def number_of_files(self) -> int:
        return sum(len(files) for files in self.files.values())


def _json(content: Any) -> bytes:
    return json.dumps(asdict(content), ensure_ascii=False, indent=1).encode()


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise RestoreRefused("This file is no backup of the site: its header cannot be read.") from error
    return found if isinstance(found, dict) else {}


def _filled[T](kind: type[T], found: dict[str, Any]) -> T:
    try:
        return kind(**found)
    except TypeError as error:
        raise RestoreRefused(f"The backup says something of itself that this version does not understand: {error}.") from error
