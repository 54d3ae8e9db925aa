"""Who sees which programme. Nothing compares group names."""

from typing import Any

from core.models.vocabulary import Programme

OPEN_REPORT = "figures.view_report"
VIEW_SNAPSHOTS = "figures.view_snapshot"
APPROVE = "figures.add_snapshot"


def programmes_of(user: Any) -> list[Programme]:
    """The programmes whose figures a user may see."""
    return [programme for programme in Programme if user.has_perm(f"figures.view_{programme}_report")]


def seen_by(user: Any) -> list[str]:
    """Of which programmes a user may see approved reports; empty stands for all together."""
    mine = [str(programme) for programme in programmes_of(user)]
    return ["", *mine] if len(mine) == len(Programme) else mine
