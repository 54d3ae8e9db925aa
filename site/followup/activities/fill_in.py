"""Numbers are written on a sheet, each by itself: two people at one sheet lose nothing (decision 27)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from core.models import User
from followup.activities.sheets import Sheet, UnknownSheet
from followup.models import CountSheet, SheetNumber, SheetTeam

type Number = Decimal | None


class CannotFillIn(Exception):
    """The sheet is of a team, or of none; or of a day that is no first day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number as its reader saw it, and as it is sent. None: nobody has told it."""

    seen: Number
    wanted: Number


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else wrote another number meanwhile; neither is lost."""

    key: str
    theirs: Number
    wanted: Number


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What came of it."""

    sheet: CountSheet
    written: int
    clashes: tuple[Clash, ...]


@transaction.atomic
def fill_in(*, sheet: Sheet, team: SheetTeam | None, first_day: datetime.date, entries: Mapping[str, Entry], by: User | None) -> FilledIn:
    """Writes the numbers that changed. One that somebody else changed meanwhile, to something else, stays and is told.

    Raises CannotFillIn, UnknownSheet.
    """
    if bool(team) != sheet.by_team or first_day != sheet.first_day(first_day):
        raise CannotFillIn(sheet.code)
    if unknown := entries.keys() - sheet.lines.keys():
        raise UnknownSheet(", ".join(sorted(unknown)))
    row, _is_new = CountSheet.objects.get_or_create(sheet=sheet.code, team=team, first_day=first_day)
    # Whoever saves at the same moment waits here.
    CountSheet.objects.select_for_update().get(pk=row.pk)
    stored = {each.line: each for each in SheetNumber.objects.filter(sheet=row)}
    written, clashes = 0, []
    for key, entry in entries.items():
        stands = stored[key].number if key in stored else None
        if entry.wanted in (entry.seen, stands):
            continue
        if stands != entry.seen:
            clashes.append(Clash(key, theirs=stands, wanted=entry.wanted))
            continue
        _write(row, key, entry.wanted, by)
        written += 1
    return FilledIn(row, written, tuple(clashes))


def _write(row: CountSheet, key: str, number: Number, by: User | None) -> None:
    if number is None:
        SheetNumber.objects.filter(sheet=row, line=key).delete()
    else:
        SheetNumber.objects.update_or_create(sheet=row, line=key, defaults={"number": number, "by": by})
