"""A figure as the report has it: counted, with its words in every language. The same whether it was counted now or frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.figures.definitions import Breakdown, Count, Definition, in_languages
from core.figures.sections import place_of, section_label
from core.languages import current_language
from core.models.figures import SIGNS, FigureUnit
from core.models.vocabulary import Programme
from figures.percentages import shares

type Words = Mapping[str, str]
type Number = Decimal | int


def key_of_part(breakdown: str, part: "ReportPart") -> str:
    """`mob_sector` and `homeless` make `mob_sector_homeless`, unless the part has a key of its own."""
    return part.key or f"{breakdown}_{part.code}"


def key_of_share(breakdown: str, code: str) -> str:
    """`mob_sector_pct_homeless`. A breakdown whose key says that it counts, `…_sector_n`, has its shares beside: `…_sector_pct_…`."""
    return f"{breakdown.removesuffix('_n')}_pct_{code}"


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One line of a breakdown. `share`: of what is known, in percent."""

    code: str
    labels: Words
    value: Number
    share: Decimal
    key: str = ""  # in the store, where it is not that of the breakdown and the code

    @property
    def label(self) -> str:
        return self.labels.get(current_language(), self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """One figure. `value` of a breakdown is the sum of its parts; None where nothing can be said, such as an average of nobody."""

    key: str
    programme: str
    section: str
    unit: str
    labels: Words
    counts: Words
    value: Number | None
    known: Number
    unknown: int = 0
    is_breakdown: bool = False
    adds_up: bool = True
    parts: tuple[ReportPart, ...] = ()
    part_of: str = ""
    sum_of: tuple[str, ...] = ()
    computed_from: tuple[str, ...] = ()
    is_public: bool = True
    is_hidden: bool = False  # in public output only
    source: str = ""  # who counted it just now

    @property
    def label(self) -> str:
        return self.labels.get(current_language(), self.key)

    @property
    def what_it_counts(self) -> str:
        return self.counts.get(current_language(), "")

    @property
    def section_name(self) -> str:
        return section_label(self.section)

    @property
    def programme_name(self) -> str:
        return str(Programme(self.programme).label) if self.programme else ""

    @property
    def sign(self) -> str:
        return SIGNS.get(self.unit, "")

    @property
    def unit_name(self) -> str:
        return str(FigureUnit(self.unit).label)

    def part(self, code: str) -> ReportPart | None:
        return next((each for each in self.parts if each.code == code), None)


def counted(source: str, definition: Definition, found: Count | Breakdown) -> ReportFigure:
    """A definition with what it counted. Parts stand the largest first, equal ones by code: the same data, the same order."""
    words = {
        "key": definition.key,
        "programme": str(definition.programme or ""),
        "section": definition.section,
        "unit": str(definition.unit),
        "labels": in_languages(definition.label),
        "counts": in_languages(definition.counts),
        "part_of": definition.part_of,
        "sum_of": definition.sum_of,
        "computed_from": definition.computed_from,
        "is_public": definition.is_public,
        "source": source,
    }
    if isinstance(found, Count):
        return ReportFigure(**words, value=None if found.value is None else _whole(found.value), known=found.known, unknown=found.unknown)  # type: ignore[arg-type]
    parts = sorted(found.parts, key=lambda part: (-part.value, part.code))
    divided = zip(parts, shares([part.value for part in parts]), strict=True)
    lines = [ReportPart(part.code, dict(part.labels), _whole(part.value), share, part.key) for part, share in divided]
    return ReportFigure(
        **words,  # type: ignore[arg-type]
        value=_whole(found.known),
        known=_whole(found.known),
        unknown=found.unknown,
        is_breakdown=True,
        adds_up=found.adds_up,
        parts=tuple(lines),
    )


def _whole(value: Number) -> Number:
    """43 is 43, however it was added up."""
    return int(value) if value == int(value) else value


def in_order(figure: ReportFigure) -> tuple[int, str]:
    """Where it stands in the report; within a section, in the order of its source."""
    return place_of(figure.section), figure.section
