"""What is held of a person as a screen tells it: by app, each kind with its rows, why and until when."""

from dataclasses import dataclass
from typing import Any

from core.privacy.archive import as_rows, in_a_cell
from core.privacy.headings import heading
from core.privacy.person import export_person, how_many
from core.privacy.registry import Holding, kind_label, of


@dataclass(frozen=True, slots=True)
class HeldKind:
    """One kind, with its rows as pairs of heading and words."""

    label: str
    count: int
    rows: list[list[tuple[str, Any]]]
    holdings: list[Holding]


@dataclass(frozen=True, slots=True)
class HeldApp:
    """One app, and the kinds of it that hold something."""

    label: str
    kinds: list[HeldKind]

    @property
    def total(self) -> int:
        return sum(kind.count for kind in self.kinds)


def held_of(email: str) -> list[HeldApp]:
    """Only what holds something."""
    told = [_app(app, kinds) for app, kinds in export_person(email).items()]
    return [each for each in told if each.kinds]


def _app(app: str, kinds: dict[str, Any]) -> HeldApp:
    return HeldApp(str(of(app).label), [_kind(app, kind, found) for kind, found in kinds.items() if how_many(found)])


def _kind(app: str, kind: str, found: Any) -> HeldKind:
    rows = [[(heading(key), in_a_cell(value)) for key, value in row.items() if value not in (None, "", [])] for row in as_rows(found)]
    holdings = [each for each in of(app).holdings if kind in each.kinds]
    return HeldKind(kind_label(app, kind), how_many(found), rows, holdings)
