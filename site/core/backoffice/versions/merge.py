"""Three versions of one form: what its reader saw, what stands now, what was sent. Says what goes without asking, and asks the rest."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.backoffice.versions.rows import Kept, merge_rows
from core.backoffice.versions.snapshot import Snapshot, fields_of, fingerprint, rows_of, snapshot_of
from core.backoffice.versions.values import in_words

CHOICE = "version-"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field two people changed: what stands now, what was typed here."""

    key: str
    label: str
    theirs: str
    mine: str
    field_id: str = ""

    @property
    def name(self) -> str:
        """Of its radio buttons."""
        return f"{CHOICE}{self.key}"


@dataclass(kw_only=True)
class Merge:
    """What became of the changes of others."""

    stored: Snapshot
    # Who changed it and when, if the log knows.
    authors: str = ""
    questions: list[Question] = field(default_factory=list)
    # Changed by others only: it stays.
    kept: list[Kept] = field(default_factory=list)
    # Rows that need another look before they are saved.
    notes: list[str] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        return bool(self.questions or self.kept or self.notes)

    @property
    def shown(self) -> Snapshot:
        """The version the form shows if it comes back."""
        return replace(self.stored, asked=[question.key for question in self.questions])


def merge(form: BaseForm, *, as_stored: BaseForm, read: Snapshot | None, now: datetime.datetime) -> Merge:
    """Prepares a bound form before it is validated, whose `data` may be changed.

    What only others changed takes the value that stands now; what both changed is refused until the reader chose. `as_stored`: the same
    form, unbound; `read`: the version the reader saw, None if nobody knows.
    """
    result = Merge(stored=snapshot_of(as_stored, now=now))
    base = read or Snapshot(at=now)
    rows = merge_rows(form, as_stored=as_stored, base=base, stored=result.stored)
    result.kept, result.notes = rows.kept, rows.notes
    for key, bound, row in _fields(form):
        _merge_field(key, bound, row, base=base, result=result)
    if result.notes:
        _refuse(form, result.notes)
    return result


def _fields(form: BaseForm) -> list[tuple[str, BoundField, str]]:
    """Every field of the form and of its known rows, with the name of the row."""
    found = [(key, bound, "") for key, bound in fields_of(form)]
    for relation, formset in rows_of(form).items():
        for number, row in enumerate(formset.forms, start=1):
            if row.instance.pk and not form.data.get(row.add_prefix(DELETION_FIELD_NAME)):
                name = f"{capfirst(row.instance._meta.verbose_name)} {number}"
                found += [(key, bound, name) for key, bound in fields_of(row, prefix=f"{relation}-{row.instance.pk}-")]
    return found


def _merge_field(key: str, bound: BoundField, row: str, *, base: Snapshot, result: Merge) -> None:
    before, stored, is_asked = base.fields.get(key), result.stored.fields.get(key), key in base.asked
    if stored == before and not is_asked:
        return
    value, mine = _sent(key, bound)
    if mine == stored:
        return
    choice = _data(bound.form).get(f"{CHOICE}{key}") if is_asked else None
    label = f"{row} · {bound.label}" if row else str(bound.label)
    theirs = in_words(bound.field, bound.initial)
    if mine == before or choice == THEIRS:
        _keep_stored(bound)
        if choice != THEIRS:
            result.kept.append(Kept(label, theirs))
    elif stored != before or choice != MINE:
        _ask(bound)
        words = in_words(bound.field, value)
        result.questions.append(Question(key=key, label=label, theirs=theirs, mine=words, field_id=bound.id_for_label))


def _data(form: Any) -> QueryDict:
    data: QueryDict = form.data
    return data


def _sent(key: str, bound: BoundField) -> tuple[Any, str]:
    """What was sent, and its fingerprint; what cannot be read is certainly not what stood there."""
    try:
        value = bound.field.clean(bound.data)
    except ValidationError:
        return bound.data, ""
    return value, fingerprint(key, value)


def _keep_stored(bound: BoundField) -> None:
    """Whatever was sent, the field means what stands in the database: cleaned, saved and shown."""
    field, clean, stored = bound.field, bound.field.clean, bound.initial
    prepared: Any = field
    prepared.clean = lambda _sent: clean(stored)
    prepared.has_changed = lambda _initial, _sent: False
    prepared.bound_data = lambda _sent, _initial: stored


def _ask(bound: BoundField) -> None:
    """The field is refused, with its own errors if it has any."""
    clean = bound.field.clean
    prepared: Any = bound.field

    def refused(sent: Any) -> None:
        clean(sent)
        raise ValidationError(_("Somebody else changed this too: choose at the top of the form which one stays."), code="changed_meanwhile")

    prepared.clean = refused


def _refuse(form: Any, notes: list[str]) -> None:
    clean = form.clean

    def refused() -> Any:
        cleaned = clean()
        for note in notes:
            form.add_error(None, note)
        return cleaned

    form.clean = refused
