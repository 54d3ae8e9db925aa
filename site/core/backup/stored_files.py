"""Files of the site by storage: a folder, an object store, whatever Django's settings name."""

import shutil
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from core.backup.errors import RestoreFailed

IN_MEMORY = 8 << 20
NOT_KEPT = {"staticfiles"}  # made anew from the checkout


def kept_storages() -> dict[str, Storage]:
    """What a backup holds. Shape: {alias: storage}."""
    return {alias: storages[alias] for alias in settings.STORAGES if alias not in NOT_KEPT}


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file below `folder`, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(files) if name)
    for name in sorted(folders):
        yield from names_in(storage, prefix + name)


def is_empty(storage: Storage) -> bool:
    """Whether it holds no file."""
    return next(names_in(storage), None) is None


def is_inside(name: str) -> bool:
    """Whether it is a plain path below its storage."""
    return not name.startswith("/") and not {"", ".", ".."} & set(name.split("/"))


def store(storage: Storage, name: str, content: BinaryIO) -> None:
    """Under this very name. Raises RestoreFailed."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as whole:  # object stores want to go back and forth in it
        shutil.copyfileobj(content, whole)
        whole.seek(0)
        stored = storage.save(name, File(whole, name=name))
    if stored != name:
        storage.delete(stored)
        raise RestoreFailed(f"There is a file {name!r} already.")


def opened(storage: Storage, name: str) -> BinaryIO:
    return cast("BinaryIO", storage.open(name, "rb"))
