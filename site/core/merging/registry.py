"""What can be merged, and what hangs on it. Foreign keys are found by themselves; each app declares in its `merging` module what is more
than a foreign key: rows that would collide, rows known by an email address."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.functional import Promise

from core.merging.ledger import Entry, Ledger
from core.merging.likeness import Likely
from core.models import User

type Label = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """A merge while it happens."""

    kept: Any
    removed: Any
    now: datetime.datetime
    by: User | None
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """An undo while it happens; the rows stand where they stood, the entries of the app itself are still to take back."""

    entries: Sequence[Entry]
    now: datetime.datetime
    by: User | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of row that hangs on a row of `of`. Without a `field` it is known by something else than a key.

    Without `move` it follows another holding and is only shown. `lock` comes before anything is put back, `put_back` after.
    """

    of: str
    model: str
    field: str = ""
    label: Label
    rows: Callable[[Any], QuerySet[Any]]
    line: Callable[[Any], object] = str
    move: Callable[[Merging], None] = lambda merging: None
    lock: Callable[[Undoing], None] = lambda undoing: None
    put_back: Callable[[Undoing], None] = lambda undoing: None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeKind:
    """A model whose rows can be merged. `find`: pairs that may be one, all of them or those with one row.

    `warn`: what merging these two would do besides. `stand_in`: the row that has taken the place of a removed one meanwhile.
    """

    model: str
    search_fields: tuple[str, ...]
    told_apart_by: str
    find: Callable[[int | None], list[Likely]]
    facts: Callable[[Any], list[tuple[Label, Any]]]
    warn: Callable[[Any, Any], list[str]] = lambda one, other: []
    complete: Callable[[Merging], None] = lambda merging: None
    stand_in: Callable[[dict[str, Any]], Any] = lambda row: None

    @property
    def key(self) -> str:
        """What the rows of merges call it."""
        return self.model.lower()

    @property
    def view_permission(self) -> str:
        """Who may not see the rows does not merge them either."""
        app, name = self.key.split(".")
        return f"{app}.view_{name}"

    @property
    def rows(self) -> QuerySet[Any]:
        return apps.get_model(self.model)._default_manager.all()


_kinds: dict[str, MergeKind] = {}
_declared: dict[tuple[str, str, str], Holding] = {}


def register(*, kinds: Iterable[MergeKind] = (), holdings: Iterable[Holding] = ()) -> None:
    """Called once for each app that declares something."""
    _kinds.update({kind.key: kind for kind in kinds})
    _declared.update({(each.of, each.model, each.field): each for each in holdings})


def kinds() -> Iterator[MergeKind]:
    yield from _kinds.values()


def kind_of(model: type[Model]) -> MergeKind:
    return _kinds[model._meta.label_lower]


def label_of(kind: MergeKind, row: Any) -> str:
    """What a row is called where it could be mistaken for another. Asks for nothing more than the row."""
    more = getattr(row, kind.told_apart_by)
    return f"{row} · {more}" if more else str(row)


def holdings_of(kind: MergeKind) -> list[Holding]:
    """All that hangs on rows of a kind: what is declared, and every other foreign key there is."""
    declared = [each for each in _declared.values() if each.of == kind.model]
    known = {(each.model, each.field) for each in declared}
    keys = foreign_keys_to(apps.get_model(kind.model))
    return [*declared, *(_plain(kind, field) for field in keys if (field.model._meta.label, field.name) not in known)]


def foreign_keys_to(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Every foreign key to a model, one-to-one and the tables between two models included."""
    relations: Any = model._meta.get_fields(include_hidden=True)
    fields: list[Any] = [
        each.field for each in relations if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
    ]
    return sorted(fields, key=lambda field: (field.model._meta.label, field.name))


def may_collide(field: Field[Any, Any]) -> bool:
    """Whether two rows that point to one may collide by more than the key itself: which stays must be declared."""
    options = field.model._meta
    together = [set(names) for names in options.unique_together]
    constraints = [set(getattr(each, "fields", ())) for each in options.constraints]
    return any(field.name in names and len(names) > 1 for names in (*together, *constraints))


def _plain(kind: MergeKind, field: ForeignKey[Any, Any]) -> Holding:
    manager = field.model._base_manager

    def rows(owner: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = manager.filter(**{field.name: owner})
        return found

    def move(merging: Merging) -> None:
        if field.unique and rows(merging.kept).exists():
            # One row each: that of the kept one counts.
            for row in rows(merging.removed):
                merging.ledger.remove(row)
            return
        merging.ledger.repoint(rows(merging.removed), field.attname, was=merging.removed.pk, to=merging.kept.pk)

    options = field.model._meta
    return Holding(of=kind.model, model=options.label, field=field.name, label=options.verbose_name_plural or "", rows=rows, move=move)
