"""The checks of what holds files: the folders or the bucket, the disk below them, the shared cache."""

import datetime
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import FileField, Model
from django.utils.translation import gettext_lazy as _

from core.health.registry import Check
from core.web.failures import is_passing


def store(now: datetime.datetime, *, alias: str) -> str:
    """Whether files can be written, and whether those that must be there are: of each model the newest. A lost mount is an empty folder."""
    storage: Any = storages[alias]
    if isinstance(storage, FileSystemStorage) and not _is_writable(Path(storage.location)):
        return "not_writable"
    try:
        there = [storage.exists(name) for name in _newest(storage)]
    except Exception as error:
        if is_passing(error) or isinstance(error, OSError):
            return "gone"
        raise
    return "gone" if there and not any(there) else ""


def _is_writable(folder: Path) -> bool:
    """A folder that is not there yet is made with its first file."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _newest(storage: Any) -> Iterator[str]:
    """The newest file of each model that keeps some there."""
    for model, field in _file_fields():
        if field.storage is storage or field.storage == storage:
            name = model._default_manager.exclude(**{field.name: ""}).order_by("-pk").values_list(field.name, flat=True).first()
            if name:
                yield name


def _file_fields() -> Iterator[tuple[type[Model], FileField]]:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            yield from ((model, field) for field in model._meta.local_fields if isinstance(field, FileField))


def disk(now: datetime.datetime) -> str:
    """Whether there is room left where files and the database of a small site lie."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    return "almost_full" if free < settings.DISK_FREE_MEGABYTES * 1_000_000 else ""


def shared_cache(now: datetime.datetime) -> str:
    """Whether it answers, where there is one."""
    answers = getattr(cache, "answers", None)
    return "unreachable" if answers and not answers() else ""


GONE = _("Files that must be there are not.")
NOT_WRITABLE = _("No file can be written.")
STORES = [
    Check(
        name="media",
        label=_("Pictures and documents"),
        look=partial(store, alias="default"),
        reasons={"gone": GONE, "not_writable": NOT_WRITABLE},
        advice=_("Pages are shown without their pictures, and uploads are refused with a word. Mount the store again, or restore it."),
    ),
    Check(
        name="downloads",
        label=_("Private files"),
        look=partial(store, alias="private"),
        reasons={"gone": GONE, "not_writable": NOT_WRITABLE},
        advice=_("Downloads ask people to come back in a minute. Mount the store again, or restore it."),
    ),
    Check(
        name="disk",
        label=_("Disk"),
        look=disk,
        reasons={"almost_full": _("The disk is almost full.")},
        advice=_("Make room. Until then uploads may be refused; nothing that is saved is lost."),
        needs_database=False,
    ),
    Check(
        name="cache",
        label=_("Shared cache"),
        look=shared_cache,
        reasons={"unreachable": _("The shared cache does not answer.")},
        advice=_("The site works without it, a little slower. Start it again."),
        needs_database=False,
    ),
]
