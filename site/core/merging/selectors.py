"""What was found, and what was merged."""

import datetime

from core.merging.likeness import Likely
from core.merging.registry import MergeKind
from core.models import KeptApart, Merge


def likely_pairs(kind: MergeKind, *, about: int | None = None) -> list[Likely]:
    """Those nobody has kept apart, the likeliest first; `about`: those with one row only."""
    apart = set(KeptApart.objects.filter(kind=kind.key).values_list("first_id", "second_id"))
    return [each for each in kind.find(about) if (each.first, each.second) not in apart]


def merges_into(kind: MergeKind, row_id: int, *, now: datetime.datetime) -> list[Merge]:
    """Merges into one row that can still be undone."""
    return list(Merge.objects.of(kind.key).undoable(now).filter(kept_id=row_id).select_related("by"))


def forget_old_changes(*, now: datetime.datetime, dry_run: bool) -> int:
    """What nobody can undo any more is forgotten: a removed row may name a person."""
    old = Merge.objects.past_undoing(now)
    return old.count() if dry_run else old.update(changes=[])
