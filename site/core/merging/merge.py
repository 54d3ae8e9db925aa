"""Merges two rows, takes a merge back, and remembers that two rows are not the same."""

import datetime
import enum
from typing import Any

from django.db import IntegrityError, transaction

from core.merging.ledger import Ledger, put_back
from core.merging.registry import MergeKind, Merging, Undoing, foreign_keys_to, holdings_of
from core.models import KeptApart, Merge, User


class MergeRefusal(enum.StrEnum):
    """Why two rows are not merged."""

    SAME_ROW = "same_row"
    GONE = "gone"
    BUSY = "busy"


class UndoRefusal(enum.StrEnum):
    """Why a merge is not undone."""

    DONE = "done"
    TOO_LATE = "too_late"
    GONE = "gone"
    COLLIDES = "collides"


class CannotMerge(Exception):
    """The merge is refused; `reason` says why."""

    def __init__(self, reason: MergeRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class CannotUndo(Exception):
    """The undo is refused; `reason` says why."""

    def __init__(self, reason: UndoRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class LeftBehind(Exception):
    """Something still points to the row that is to go: deleting it would lose that."""


def merge_rows(kind: MergeKind, *, keep: int, remove: int, now: datetime.datetime, by: User | None) -> Merge:
    """All that hangs on `remove` hangs on `keep` afterwards, and `remove` is gone.

    Both rows are locked first, in the order of their keys: whoever writes something for one of them meanwhile waits, or is waited for.
    """
    try:
        with transaction.atomic():
            return _merge(kind, keep=keep, remove=remove, now=now, by=by)
    except IntegrityError as error:
        # Something that no lock of ours covers was written between two of our statements.
        raise CannotMerge(MergeRefusal.BUSY) from error


def _merge(kind: MergeKind, *, keep: int, remove: int, now: datetime.datetime, by: User | None) -> Merge:
    if keep == remove:
        raise CannotMerge(MergeRefusal.SAME_ROW)
    rows = _locked(kind, keep, remove)
    if len(rows) < 2:
        raise CannotMerge(MergeRefusal.GONE)
    merging = Merging(kept=rows[keep], removed=rows[remove], now=now, by=by, ledger=Ledger())
    for holding in holdings_of(kind):
        holding.move(merging)
    kind.complete(merging)
    _refuse_to_lose(merging.removed)
    merging.ledger.remove(merging.removed)
    return Merge.objects.create(kind=kind.key, kept_id=keep, removed_id=remove, changes=merging.ledger.entries, at=now, by=by)


def undo_merge(kind: MergeKind, *, merge_id: int, now: datetime.datetime, by: User | None) -> Merge:
    """Puts back what the merge changed, in the opposite order. What was changed since, and what is new, stays as it is."""
    try:
        with transaction.atomic():
            return _undo(kind, merge_id=merge_id, now=now, by=by)
    except IntegrityError as error:
        raise CannotUndo(UndoRefusal.COLLIDES) from error


def _undo(kind: MergeKind, *, merge_id: int, now: datetime.datetime, by: User | None) -> Merge:
    merge = Merge.objects.of(kind.key).select_for_update(of=("self",)).get(pk=merge_id)
    if merge.undone_at is not None:
        raise CannotUndo(UndoRefusal.DONE)
    if not merge.can_be_undone(now):
        raise CannotUndo(UndoRefusal.TOO_LATE)
    if not _locked(kind, merge.kept_id):
        raise CannotUndo(UndoRefusal.GONE)
    other = kind.stand_in(removed_row(merge))
    stand_in = {merge.removed_id: other.pk} if other is not None else {}
    undoing, holdings = Undoing(entries=merge.changes, now=now, by=by), holdings_of(kind)
    for holding in holdings:
        holding.lock(undoing)
    for entry in reversed(merge.changes):
        put_back(entry, stand_in=stand_in)
    for holding in holdings:
        holding.put_back(undoing)
    merge.undone_at, merge.undone_by, merge.changes = now, by, []
    merge.save(update_fields=["undone_at", "undone_by", "changes"])
    return merge


def keep_apart(kind: MergeKind, *, one: int, other: int, now: datetime.datetime, by: User | None) -> KeptApart:
    """These two are not the same: the site does not ask again."""
    first, second = sorted((one, other))
    facts = {"at": now, "by": by}
    pair, _created = KeptApart.objects.get_or_create(kind=kind.key, first_id=first, second_id=second, defaults=facts)
    return pair


def removed_row(merge: Merge) -> dict[str, Any]:
    """The columns of the row that went; nothing once the merge has forgotten."""
    return next((each["row"] for each in merge.changes if each["did"] == "remove" and each["key"] == merge.removed_id), {})


def _locked(kind: MergeKind, *keys: int) -> dict[int, Any]:
    return {row.pk: row for row in kind.rows.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}


def _refuse_to_lose(row: Any) -> None:
    left = [field for field in foreign_keys_to(type(row)) if field.model._base_manager.filter(**{field.name: row}).exists()]
    if left:
        raise LeftBehind(", ".join(str(field) for field in left))
