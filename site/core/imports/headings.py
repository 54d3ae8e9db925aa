"""Names of columns: what people and programs write, folded, and what we call it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.imports.cells import column_letters

Aliases = Mapping[str, str]


def folded_heading(text: str) -> str:
    """Without accents, case, and whatever stands between words: `E-mail 1 – Value`, `e_mail 1 value` are one."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return " ".join(re.findall(r"[^\W_]+|@", plain))


def aliases(names: Mapping[str, Iterable[str]]) -> Aliases:
    """`{"email": ("E-mail", "Courriel")}` by folded heading; each name is an alias of itself."""
    return {folded_heading(word): name for name, words in names.items() for word in (name, *words)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. A name may stand over several: the first cell that says something counts."""

    known: dict[str, list[int]] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a row under our names."""
        return {
            name: next((cell for index in indexes if index < len(cells) and (cell := cells[index].strip())), "")
            for name, indexes in self.known.items()
        }

    def others(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a row no name of ours stands for, under the headings of the file."""
        return {heading: cells[index].strip() if index < len(cells) else "" for heading, index in self.other.items()}

    def with_name(self, name: str, index: int) -> "Columns":
        """The same, the column at `index` being `name`."""
        known = {each: [place for place in places if place != index] for each, places in self.known.items()}
        other = {heading: place for heading, place in self.other.items() if place != index}
        return Columns({each: places for each, places in known.items() if places} | {name: [index]}, other, self.count)


def columns_of(cells: Sequence[str], known: Aliases) -> Columns:
    """What the cells of a heading name."""
    columns = Columns(count=len(cells))
    for index, cell in enumerate(cells):
        name = known.get(folded_heading(cell))
        if name:
            columns.known.setdefault(name, []).append(index)
        else:
            columns.other[_free(cell.strip() or column_letters(index), columns.other)] = index
    return columns


def unnamed(name: str, index: int, count: int) -> Columns:
    """The columns of a table without a heading, of which only one is known."""
    return Columns({name: [index]}, {column_letters(other): other for other in range(count) if other != index}, count)


def _free(heading: str, taken: Mapping[str, int]) -> str:
    number = 2
    wanted = heading
    while heading in taken:
        heading = f"{wanted} ({number})"
        number += 1
    return heading
