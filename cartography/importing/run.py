"""Imports a file of places in one transaction. Idempotent: sending the same file again changes nothing."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cartography.enums import PlaceStatus, Provenance
from cartography.geo.belgium import search_key
from cartography.importing.checking import check_row
from cartography.importing.reading import read_rows
from cartography.models import Place
from cartography.places.data import CannotPlace, Notes, PlaceData
from cartography.places.duplicates import bare_name, name_similarity
from cartography.places.services import change_place, create_place
from core.models import Sector, User

# A file of thousands of rows is not looked at one by one: only names very much alike are held back.
LIKENESS = 0.9


class Outcome(models.TextChoices):
    """What became of a row."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    SAME = "same", gettext_lazy("unchanged")
    DUPLICATE = "duplicate", gettext_lazy("perhaps a duplicate, left out")
    ERROR = "error", gettext_lazy("refused")


@dataclass(frozen=True, slots=True)
class RowResult:
    """One line of the report."""

    number: int
    name: str
    outcome: Outcome
    messages: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What a file did, or would do."""

    is_dry_run: bool
    rows: list[RowResult] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.outcome for row in self.rows)
        return {str(outcome.label): counted[outcome] for outcome in Outcome if counted[outcome]}

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)


class _Undo(Exception):
    """Ends a dry run."""


def import_places(*, content: bytes, source: str, is_dry_run: bool, now: datetime.datetime, by: User | None = None) -> ImportReport:
    """Drafts for what is new, changes for what the same file brought before; wrong and doubtful rows are left out and told.

    A dry run does everything and takes it back. Raises UnreadableFile.
    """
    rows = read_rows(content)
    report = ImportReport(is_dry_run=is_dry_run)
    try:
        with transaction.atomic():
            run = _Run(source=source, now=now, by=by)
            report.rows = [run.take(number, row) for number, row in enumerate(rows, start=1)]
            if is_dry_run:
                raise _Undo
    except _Undo:
        pass
    return report


class _Run:
    """What is known while a file is read: a query for all places instead of one for each row."""

    def __init__(self, *, source: str, now: datetime.datetime, by: User | None) -> None:
        self.notes = Notes(provenance=Provenance.IMPORT, source=source)
        self.now, self.by = now, by
        self.sectors = {word: sector.slug for sector in Sector.objects.all() for word in _words(sector)}
        places = list(Place.objects.exclude(status=PlaceStatus.WITHDRAWN).select_related("sector"))
        self.by_key = {place.import_key: place for place in places if place.import_key}
        self.names: dict[str, list[tuple[str, str]]] = {}
        for place in places:
            self._remember(place)
        self.seen: dict[str, int] = {}

    def _remember(self, place: Place) -> None:
        for name in (place.name_fr, place.name_nl):
            if bare := bare_name(name):
                self.names.setdefault(place.nis, []).append((bare, place.name_fr))

    def take(self, number: int, row: dict[str, str]) -> RowResult:
        """One row, from text to a place."""
        name = row.get("name_fr") or row.get("name_nl") or "–"
        checked = check_row(row, sectors=self.sectors)
        if checked.errors:
            return RowResult(number, name, Outcome.ERROR, tuple(checked.errors))
        data = PlaceData.from_json(checked.values)
        key = row.get("key") or _key_of(data)
        key = key if len(key) <= 80 else hashlib.sha256(key.encode()).hexdigest()
        if key in self.seen:
            return RowResult(number, name, Outcome.DUPLICATE, (_("The same as row %(number)s.") % {"number": self.seen[key]},))
        self.seen[key] = number
        try:
            return RowResult(number, name, *self._write(key, data))
        except CannotPlace as refusal:
            return RowResult(number, name, Outcome.ERROR, (str(refusal),))

    def _write(self, key: str, data: PlaceData) -> tuple[Outcome, tuple[str, ...]]:
        place = self.by_key.get(key)
        if place is not None:
            changed = change_place(place=place, data=data)
            return (Outcome.CHANGED, (", ".join(changed),)) if changed else (Outcome.SAME, ())
        like = self._like(data)
        if like:
            return Outcome.DUPLICATE, (_("Looks like “%(name)s”, which is on the map.") % {"name": like},)
        place = create_place(data=data, notes=self.notes, now=self.now, by=self.by, import_key=key)
        self.by_key[key] = place
        self._remember(place)
        return Outcome.NEW, ()

    def _like(self, data: PlaceData) -> str:
        """The name of a place of the same municipality that this may be."""
        own = [bare for name in (data.name_fr, data.name_nl) if (bare := bare_name(name))]
        near = self.names.get(data.nis, [])
        return next((shown for bare, shown in near for name in own if bare == name or name_similarity(bare, name) > LIKENESS), "")


def _words(sector: Sector) -> Iterable[str]:
    return (sector.slug, *(search_key(name) for name in (sector.slug, sector.name_fr, sector.name_nl, sector.name_en)))


def _key_of(data: PlaceData) -> str:
    """A row without a key of its own is known by its name and municipality."""
    return f"{data.nis}:{bare_name(data.name_fr)}"
