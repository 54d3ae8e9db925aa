"""Rows below an object (the meetings of a session, the authors of a work) that others added, removed or put in another order meanwhile."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.backoffice.versions.snapshot import Snapshot, fields_of, fingerprint, rows_of

REMOVED = gettext_lazy(
    "Somebody else removed row %(number)s meanwhile. What you typed still stands: take it away, or save it as a new one."
)
CHANGED = gettext_lazy(
    "Somebody else changed “%(row)s” meanwhile, which you took away. It stands here again: take it away once more, or keep it."
)
REORDERED = gettext_lazy("Somebody else changed the order meanwhile. The one you chose stands here: save again to keep it.")


class Kept(NamedTuple):
    """What only others changed: its name, and what it says now."""

    label: str
    value: str


@dataclass(kw_only=True)
class RowNews:
    """What others did to rows: what stays as they left it, and what the reader must look at again before it is saved."""

    kept: list[Kept] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge_rows(form: BaseForm, *, as_stored: BaseForm, base: Snapshot, stored: Snapshot) -> RowNews:
    """Prepares the formsets of a bound form, before it is validated."""
    news = RowNews()
    for relation, formset in rows_of(form).items():
        rows = _SentRows(relation, formset)
        now = {str(row.instance.pk): row for row in rows_of(as_stored)[relation].forms if row.instance.pk}
        rows.without_removed(base, stored, news)
        rows.without_hasty_removals(base, now, news)
        rows.in_order(base, stored, news)
        known = rows.keys | set(base.rows.get(relation, now))
        news.kept += [
            Kept(f"{capfirst(row.instance._meta.verbose_name)} {row.instance}", _("added")) for key, row in now.items() if key not in known
        ]
    return news


class _SentRows:
    """The rows of one formset as they were sent. Rows that are gone lose their key before the forms are made: there is nothing to find."""

    def __init__(self, relation: str, formset: Any) -> None:
        self.relation, self.formset = relation, formset
        self.data: QueryDict = formset.data
        self.pk = formset.model._meta.pk.name
        self.numbers = {key: number for number in range(formset.total_form_count()) if (key := self._get(number, self.pk))}

    @property
    def keys(self) -> set[str]:
        return set(self.numbers)

    def without_removed(self, base: Snapshot, stored: Snapshot, news: RowNews) -> None:
        """What somebody removed and nobody changed here is gone; what was changed here becomes a new row, and is asked about."""
        gone = {key: number for key, number in self.numbers.items() if key not in stored.rows[self.relation]}
        for key, number in gone.items():
            self._set(number, self.pk, "")
            del self.numbers[key]
        for key, number in gone.items():
            row = self.formset.forms[number]
            if self._get(number, "DELETE") or not self._is_changed(row, key, base):
                self._set(number, "DELETE", "on")
                news.kept.append(Kept(_("Row %(number)s") % {"number": number + 1}, _("removed")))
            else:
                news.notes.append(str(REMOVED) % {"number": number + 1})

    def without_hasty_removals(self, base: Snapshot, now: dict[str, Any], news: RowNews) -> None:
        """Who takes away a row that was changed meanwhile did not see what it says now: it stands again, to be taken away or kept."""
        for key, number in self.numbers.items():
            is_news = any(fingerprint(name, bound.initial) != base.fields.get(name) for name, bound in self._fields(now[key], key))
            if self._get(number, "DELETE") and is_news:
                del self.data[self._name(number, "DELETE")]
                news.notes.append(str(CHANGED) % {"row": now[key].instance})

    def in_order(self, base: Snapshot, stored: Snapshot, news: RowNews) -> None:
        """The order of others stays where it was not changed here as well."""
        sent = sorted(self.numbers, key=lambda key: self._place(self.numbers[key])) if self.formset.can_order else []
        before, now = (_only(rows.get(self.relation, []), sent) for rows in (base.rows, stored.rows))
        mine = _only(sent, before)
        if before == now or mine == now:
            return
        if mine == before:
            self._put_in_order([self.numbers[key] for key in now])
            news.kept.append(Kept(_("Order of the rows"), _("changed")))
        else:
            news.notes.append(str(REORDERED))

    def _put_in_order(self, known: list[int]) -> None:
        """Rows that are new here come after them, as they were sent."""
        new = sorted(set(range(self.formset.total_form_count())) - set(known), key=self._place)
        for place, number in enumerate([*known, *new], start=1):
            self._set(number, "ORDER", str(place))

    def _place(self, number: int) -> int:
        place = self._get(number, "ORDER")
        return int(place) if place.isdecimal() else 0

    def _is_changed(self, row: Any, key: str, base: Snapshot) -> bool:
        try:
            return any(fingerprint(name, bound.field.clean(bound.data)) != base.fields.get(name) for name, bound in self._fields(row, key))
        except ValidationError:
            return True

    def _fields(self, row: Any, key: str) -> Any:
        return fields_of(row, prefix=f"{self.relation}-{key}-")

    def _name(self, number: int, name: str) -> str:
        return f"{self.formset.add_prefix(number)}-{name}"

    def _get(self, number: int, name: str) -> str:
        return str(self.data.get(self._name(number, name), ""))

    def _set(self, number: int, name: str, value: str) -> None:
        self.data[self._name(number, name)] = value


def _only(keys: list[str], among: list[str]) -> list[str]:
    return [key for key in keys if key in among]
