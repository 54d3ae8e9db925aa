"""What the library does by itself."""

import datetime
import logging

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutyFailed, DutySpec
from core.duties.schedule import Daily
from publications.files.integrity import damaged_files
from publications.models import EditionFile
from publications.privacy import erase_addresses

logger = logging.getLogger(__name__)


def forget_who_ordered(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("orders"): erase_addresses(now=now, dry_run=dry_run)}


def check_files(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Compares every file with its SHA-256. Raises DutyFailed when one is missing or changed."""
    damages = list(damaged_files())
    for damage in damages:
        logger.error("File %s of %s is %s.", damage.file.pk, damage.file.edition.reference, damage.what)
    if damages:
        named = ", ".join(f"{damage.file.file.name} ({damage.what})" for damage in damages)
        raise DutyFailed(f"{len(damages)} damaged files: {named}")
    return {gettext_noop("files, all as they came"): EditionFile.objects.exclude(file="").count()}


DUTIES = [
    DutySpec(name="erase_order_addresses", label=_("Forget who ordered copies"), schedule=Daily(3, 25), run=forget_who_ordered),
    DutySpec(
        name="check_files",
        label=_("Check that no file of the library was damaged"),
        schedule=Daily(4),
        run=check_files,
        at_most=datetime.timedelta(hours=2),
    ),
]
