"""Who sees which programme. Nothing compares group names."""

from typing import Any

from core.models.vocabulary import Programme

OPEN_REPORT = "figures.view_report"
VIEW_SNAPSHOTS = "figures.view_snapshot"
APPROVE = "figures.add_snapshot"


def programmes_of(user: Any) -> list[Programme]:
    """The programmes whose figures a user may see."""
    return [programme for programme in Programme if user.has_perm(f"figures.view_{programme}_report")]


def sees(user: Any, programme: str) -> bool:
    """Whether a user may see the report of a programme; of all together where it is empty."""
    mine = programmes_of(user)
    return len(mine) == len(Programme) if not programme else programme in mine
