"""One row taken: which place it speaks of, what would change, and, in the second walk, the writing of it."""

import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cartography.enums import PlaceStatus, Provenance, RowDecision, RowOutcome
from cartography.importing.checking import Checked, check_row
from cartography.importing.matching import KnownPlaces, key_of
from cartography.importing.words import sectors_by_word
from cartography.models import Place, PlaceImport, PlaceImportRow
from cartography.places.data import CannotPlace, Notes, PlaceData, apply_data
from cartography.places.services import change_place, create_place
from cartography.places.words import in_words, sector_names
from core.models import Sector


class RowTaker:
    """What is known while some rows are taken: four queries, however many rows."""

    def __init__(self, place_import: PlaceImport, *, now: datetime.datetime, writes: bool) -> None:
        self.place_import, self.now, self.writes = place_import, now, writes
        self.notes = Notes(provenance=Provenance.IMPORT, source=place_import.filename)
        self.sectors = sectors_by_word(Sector.objects.all())
        self.sector_names = sector_names()
        self.known = KnownPlaces(Place.objects.select_related("sector"))
        looked_at = place_import.rows.exclude(key="").exclude(outcome__in=[RowOutcome.PENDING, RowOutcome.REFUSED])
        self.first_rows = dict(looked_at.order_by("-number").values_list("key", "number"))  # the lowest number comes last, and stays

    def take(self, row: PlaceImportRow) -> None:
        """Fills `row`, unsaved: what becomes of it, and why."""
        place = self.known.by_id.get(row.values.get("key", ""))
        checked = self._checked(row, place)
        row.key = key_of(row.values, checked.values)
        if place is None and (place := self.known.by_id.get(row.key)):
            checked = self._checked(row, place)
        row.name, row.place = str(checked.values.get("name_fr") or "–")[:200], place
        if checked.errors:
            self._say(row, RowOutcome.REFUSED, *checked.errors)
            return
        first = self.first_rows.setdefault(row.key, row.number)
        if first < row.number:
            self._say(row, RowOutcome.REPEATED, _("The same as row %(number)s.") % {"number": first})
        else:
            self._place(row, place, checked.values)

    def _checked(self, row: PlaceImportRow, place: Place | None) -> Checked:
        """What the file says, over what the map says: columns the file lacks stay as they are."""
        current = PlaceData.of(place).as_json() if place else None
        return check_row(row.values, sectors=self.sectors, current=current, headings=self.place_import.headings)

    def _place(self, row: PlaceImportRow, place: Place | None, values: dict[str, Any]) -> None:
        if place is not None and place.status == PlaceStatus.WITHDRAWN:
            self._say(row, RowOutcome.REFUSED, _("This place was taken off the map. Reopen it in the listing, if it is back."))
            return
        try:
            if place is not None:
                self._change(row, place, PlaceData.from_json(values))
                return
            data = PlaceData.from_json(values)
            like = self.known.like((data.name_fr, data.name_nl), data.nis)
            if like is None or row.decision == RowDecision.NEW:
                self._add(row, data)
            else:
                self._ask(row, like)
        except CannotPlace as refusal:
            self._say(row, RowOutcome.REFUSED, str(refusal))

    def _ask(self, row: PlaceImportRow, like: Place) -> None:
        row.place = like
        told = _("Looks like “%(name)s”, which is on the map.") % {"name": like.name_fr}
        if not self.writes:
            self._say(row, RowOutcome.LIKELY, told)
        elif row.decision == RowDecision.SAME:
            self._change(row, like, PlaceData.from_json(self._checked(row, like).values))
            # The next file with this row finds it by itself.
            Place.objects.filter(pk=like.pk, import_key="").update(import_key=row.key)
        else:
            self._say(row, RowOutcome.SKIPPED, told)

    def _add(self, row: PlaceImportRow, data: PlaceData) -> None:
        self._say(row, RowOutcome.NEW)
        if self.writes:
            row.place = create_place(data=data, notes=self.notes, now=self.now, by=self.place_import.by, import_key=row.key)
            self.known.remember(row.place)

    def _change(self, row: PlaceImportRow, place: Place, data: PlaceData) -> None:
        before = PlaceData.of(place).as_json()
        changed = change_place(place=place, data=data) if self.writes else apply_data(place, data)
        after = data.as_json()
        told = [f"{label_of(name)}: {self._shown(name, before)} → {self._shown(name, after)}" for name in changed if name in before]
        self._say(row, RowOutcome.CHANGED if changed else RowOutcome.UNCHANGED, *told)

    def _shown(self, name: str, values: dict[str, Any]) -> str:
        text = in_words(name, values.get(name), self.sector_names) or "–"
        return text if len(text) <= 60 else f"{text[:60]}…"

    @staticmethod
    def _say(row: PlaceImportRow, outcome: RowOutcome, *messages: str) -> None:
        row.outcome, row.messages = outcome, list(messages)


def label_of(name: str) -> str:
    """What readers of the back-office call a field."""
    field: Any = Place._meta.get_field(name)
    return capfirst(str(field.verbose_name))
