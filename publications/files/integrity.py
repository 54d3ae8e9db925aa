"""Compares stored files with their recorded checksums."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from publications.enums import GOOD
from publications.models import EditionFile

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what it was: `missing` or `changed`."""

    file: EditionFile
    what: str


def damaged_files() -> Iterator[Damage]:
    """Every good file that is missing or has other bytes than when it came."""
    for file in EditionFile.objects.filter(state__in=GOOD).select_related("edition__work").order_by("pk").iterator():
        digest = hashlib.sha256()
        try:
            with file.file.open("rb") as handle:
                while block := handle.read(BLOCK):
                    digest.update(block)
        except FileNotFoundError:
            yield Damage(file, "missing")
            continue
        if digest.hexdigest() != file.sha256:
            yield Damage(file, "changed")
