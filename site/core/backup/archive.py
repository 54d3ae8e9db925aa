"""The shape of an archive: a tar of header, database in parts, files, and the manifest last; encrypted as a whole."""

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pyrage import x25519

from core.backup.encryption import BROKEN, decrypting, encrypting
from core.backup.errors import BackupFailed, RestoreRefused
from core.backup.manifest import Content, Header, Manifest

HEADER, MANIFEST, DATABASE, FILES = "header.json", "manifest.json", "database/", "files/"
PART = 8 << 20  # of the database: how large its dump gets is known at its end only, and a tar wants sizes first
BLOCK = 1 << 20


class Digest:
    """Size and checksum of what passes."""

    def __init__(self) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()

    def update(self, block: bytes) -> None:
        self.size += len(block)
        self._sha256.update(block)

    def content(self) -> Content:
        return Content(self.size, self._sha256.hexdigest())


def digest_of(source: BinaryIO) -> Content:
    """Reads it to its end."""
    digest = Digest()
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.content()


class ArchiveWriter:
    """Writes one archive, from its beginning to its end."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add_header(self, header: Header) -> None:
        self._add(HEADER, header.to_json())

    def add_database(self, source: BinaryIO) -> Content:
        """In parts of one gzip stream; the checksum is the dump's own."""
        digest, number = Digest(), 0
        squeezer = zlib.compressobj(wbits=31)
        waiting = bytearray()
        while block := source.read(BLOCK):
            digest.update(block)
            waiting += squeezer.compress(block)
            if len(waiting) >= PART:
                self._add(f"{DATABASE}{number:06}.gz", bytes(waiting))
                waiting, number = bytearray(), number + 1
        self._add(f"{DATABASE}{number:06}.gz", bytes(waiting + squeezer.flush()))
        return digest.content()

    def add_file(self, storage: str, name: str, source: BinaryIO, size: int) -> Content:
        """Raises BackupFailed when it is shorter than told."""
        info = tarfile.TarInfo(f"{FILES}{storage}/{name}")
        info.size = size
        passing = _Passing(source)
        try:
            self._tar.addfile(info, cast("BinaryIO", passing))
        except OSError as error:
            if "unexpected end of data" not in str(error):
                raise
            raise BackupFailed(f"{name} changed while it was read.") from error
        self._forget()
        return passing.digest.content()

    def add_manifest(self, manifest: Manifest) -> None:
        """The last thing."""
        self._add(MANIFEST, manifest.to_json())

    def _add(self, name: str, content: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        self._tar.addfile(info, io.BytesIO(content))
        self._forget()

    def _forget(self) -> None:
        """A tar keeps in mind what it wrote: memory would grow with the number of files."""
        self._tar.members.clear()  # type: ignore[attr-defined]


class _Passing:
    """A file whose content is counted as it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self.source, self.digest = source, Digest()

    def read(self, size: int) -> bytes:
        block = self.source.read(size)
        self.digest.update(block)
        return block


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored file, or the database (no storage, no name), to be read before the next one."""

    storage: str
    name: str
    content: BinaryIO


class ArchiveReader:
    """Reads one archive, once. The manifest is known when all entries were read."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._ahead: tarfile.TarInfo | None = None
        first = self._tar.next()
        if first is None or first.name != HEADER:
            raise RestoreRefused("This file is no backup of the site: it begins with something else.")
        self.header = Header.from_json(self._read(first))
        self.manifest: Manifest | None = None

    def entries(self) -> Iterator[Entry]:
        """Raises RestoreRefused for anything no backup holds."""
        while member := self.next_member():
            if member.name == MANIFEST:
                self.manifest = Manifest.from_json(self._read(member))
            elif member.name.startswith(DATABASE):
                self._ahead = member
                yield Entry("", "", cast("BinaryIO", gzip.GzipFile(fileobj=io.BufferedReader(_Parts(self), BLOCK))))
                while self.next_member(DATABASE):  # where nobody read it
                    pass
            elif member.name.startswith(FILES) and member.isfile() and member.name.count("/") > 1:
                storage, _, name = member.name.removeprefix(FILES).partition("/")
                yield Entry(storage, name, self.open(member))
            else:
                raise RestoreRefused(f"This file is no backup of the site: it holds {member.name!r}.")

    def next_member(self, prefix: str = "") -> tarfile.TarInfo | None:
        """The next one, where its name begins so; another stays the next."""
        member = self._ahead or self._tar.next()
        self._ahead = None
        self._tar.members.clear()  # type: ignore[attr-defined]  # memory would grow with the number of files
        if member and not member.name.startswith(prefix):
            self._ahead, member = member, None
        return member

    def open(self, member: tarfile.TarInfo) -> BinaryIO:
        content = self._tar.extractfile(member)
        if content is None:
            raise RestoreRefused(f"This file is no backup of the site: {member.name!r} is no file.")
        return cast("BinaryIO", content)

    def _read(self, member: tarfile.TarInfo) -> bytes:
        return self.open(member).read()


class _Parts(io.RawIOBase):
    """The parts of the database, as one file."""

    def __init__(self, archive: ArchiveReader) -> None:
        self._archive = archive
        self._part: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while True:
            if self._part and (block := self._part.read(len(buffer))):
                buffer[: len(block)] = block
                return len(block)
            member = self._archive.next_member(DATABASE)
            if member is None:
                return 0
            self._part = self._archive.open(member)


@contextmanager
def reading(path: Path, identities: Sequence[x25519.Identity]) -> Iterator[ArchiveReader]:
    """An archive to read to its end. Raises RestoreRefused for what is no archive, or no whole one, or not for these keys."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise RestoreRefused(f"{path} cannot be read: {error.strerror}.") from error
    with source, decrypting(source, identities) as content, _as_refusals(), tarfile.open(fileobj=content, mode="r|") as tar:
        yield ArchiveReader(tar)


@contextmanager
def writing(target: BinaryIO, recipients: Sequence[x25519.Recipient]) -> Iterator[ArchiveWriter]:
    """An archive to write to `target`, which stays open. Raises BackupFailed."""
    with encrypting(target, recipients) as content, tarfile.open(fileobj=content, mode="w|") as tar:
        yield ArchiveWriter(tar)


@contextmanager
def _as_refusals() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise RestoreRefused(BROKEN) from error
