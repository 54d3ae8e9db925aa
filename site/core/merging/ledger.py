"""Changes that remember how to be taken back."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, QuerySet

type Entry = dict[str, Any]


class Ledger:
    """Writes rows and notes what stood there before, as JSON takes it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def repoint(self, rows: QuerySet[Any], field: str, *, was: int, to: int) -> list[int]:
        """Lets many rows point to another one: one statement, one entry. Returns their keys."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            rows.model._base_manager.filter(pk__in=keys).update(**{field: to})
            self.entries.append({"did": "repoint", "model": rows.model._meta.label, "keys": keys, "field": field, "was": was, "now": to})
        return keys

    def change(self, row: Any, **values: Any) -> None:
        """Gives one row other values."""
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if not changed:
            return
        was = {name: _plain(row, name) for name in changed}
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)
        now = {name: _plain(row, name) for name in changed}
        self.entries.append({"did": "change", "model": row._meta.label, "key": row.pk, "was": was, "now": now})

    def add(self, row: Any) -> None:
        """Stores a new row."""
        row.save(force_insert=True)
        self.entries.append({"did": "add", "model": row._meta.label, "key": row.pk, "row": snapshot(row)})

    def remove(self, row: Any) -> None:
        """Deletes a row and keeps all it said."""
        self.entries.append({"did": "remove", "model": row._meta.label, "key": row.pk, "row": snapshot(row)})
        row.delete()

    def note(self, what: str, **facts: Any) -> None:
        """Something the declaring app takes back itself."""
        self.entries.append({"did": "note", "what": what, **facts})


def snapshot(row: Model) -> dict[str, Any]:
    """All columns of a row, as JSON takes them, to the microsecond."""
    return {field.attname: _plain(row, field.attname) for field in row._meta.concrete_fields}


def restored(label: str, values: Mapping[str, Any]) -> Any:
    """The row again, as it was and under its own key; not stored yet."""
    model = apps.get_model(label)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})


def put_back(entry: Entry, *, stand_in: Mapping[int, int] | None = None) -> None:
    """Takes one entry back. What was changed again since stays as it is now.

    `stand_in`: keys that another row has taken over, of rows that cannot come back under their own.
    """
    other = stand_in or {}
    if entry["did"] == "note":
        return
    model = apps.get_model(entry["model"])
    rows: QuerySet[Any] = model._base_manager.all()
    if entry["did"] == "repoint":
        was = other.get(entry["was"], entry["was"])
        rows.filter(pk__in=entry["keys"], **{entry["field"]: entry["now"]}).update(**{entry["field"]: was})
    elif entry["did"] == "change":
        _change_back(rows.filter(pk=entry["key"]).first(), entry)
    elif entry["did"] == "add":
        row = rows.filter(pk=entry["key"]).first()
        if row is not None and snapshot(row) == entry["row"]:
            row.delete()
    elif entry["key"] not in other:
        restored(entry["model"], entry["row"]).save_base(raw=True, force_insert=True)


def _change_back(row: Any, entry: Entry) -> None:
    if row is None:
        return
    names = [name for name, value in entry["now"].items() if _plain(row, name) == value]
    for name in names:
        setattr(row, _field(row, name).attname, _field(row, name).to_python(entry["was"][name]))
    row.save(update_fields=names) if names else None


def _plain(row: Model, name: str) -> Any:
    field = _field(row, name)
    value = getattr(row, field.attname)
    return value if isinstance(value, str | int | bool | list | dict | None) else field.value_to_string(row)


def _field(row: Model, name: str) -> models.Field[Any, Any]:
    return next(field for field in row._meta.concrete_fields if name in {field.name, field.attname})
