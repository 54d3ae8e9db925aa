"""How a figure is counted, as code: each app declares its figures in its `figures` module as `SOURCES`, and nobody imports the report.

A source asks once for all its figures, by aggregation in the database; a definition picks its figure from what was read, and gives
the rows that were counted, so that every number can be opened. What the report does with them: `site/figures` (decision 37).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from core.figures.period import Scope
from core.figures.questions import Questions, answers
from core.models.figures import FigureUnit
from core.models.vocabulary import Programme

# The part of a breakdown whose fact nobody knows.
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as counted. `known`: how many rows it rests on; `unknown`: how many rows ought to tell it and do not."""

    value: Decimal | int | None
    known: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a breakdown. `labels`: its words in each language, `{"fr": …, "nl": …, "en": …}`.

    `key`: its key in the store, where that is not the key of the breakdown and its code: `hf_ggc` of the breakdown `hf_funding`.
    """

    code: str
    labels: Mapping[str, str]
    value: Decimal | int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole told by its parts: participants by sector. Shares are of what is known; `unknown` stands beside, never among the parts.

    `adds_up`: each row is in one part only, so that the parts make the whole. Reasons of a meeting, of which there may be several, do not.
    """

    parts: tuple[Part, ...]
    unknown: int = 0
    adds_up: bool = True

    @property
    def known(self) -> Decimal | int:
        """The denominator of its shares."""
        return sum((part.value for part in self.parts), start=0)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the rows of a figure."""

    label: str | Promise
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows a figure was counted from: one for each thing counted, or as many as `weight` says (a column or an annotation).

    `permission`: who may open them, as `app.codename`: rows may name people, figures do not. `link`: the screen of one row.
    """

    queryset: QuerySet[Any]
    columns: tuple[Column, ...]
    permission: str
    weight: str = ""
    link: Callable[[Any], str] | None = None

    def total(self) -> Decimal | int:
        """What the figure must be equal to."""
        if not self.weight:
            return self.queryset.count()
        return sum(self.queryset.values_list(self.weight, flat=True), start=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure of the report. Its `count` is a function of its own, with a docstring that says what is counted and what is not.

    `counts` says so to readers of the report, in one sentence. `key` is the figure's key in the store of figures (decision 28), where a
    part of a breakdown is `key_code`. `programme`: None for a figure over all programmes that are asked. `rows` takes the scope and,
    for a breakdown, the code of the part (UNKNOWN: those nobody knows); None for a figure made of others, such as an average.

    What readers could work out from other numbers is said here, so that small ones stay hidden (`figures.small_cells`), by keys of
    figures and of parts. `part_of`: the whole that a breakdown breaks down, or in which the rows of a figure are. `sum_of`: numbers
    that are this one together, always or in some years. `computed_from`: what a share, a mean or a number of kinds rests on.
    `is_public`: False for a running total, which two reports would give away, and for what it is the total of.
    """

    key: str
    programme: Programme | None
    section: str
    unit: FigureUnit
    label: str | Promise
    counts: str | Promise
    count: Callable[[Any], Count | Breakdown]
    rows: Callable[[Scope, str], Rows] | None = None
    part_of: str = ""
    sum_of: tuple[str, ...] = ()
    computed_from: tuple[str, ...] = ()
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """Rows of somebody's that a figure would need more of: a sector unknown, a roll call not done. `url`: where it is repaired."""

    label: str | Promise
    person_id: int | None
    row: Model
    url: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The figures of one subject. `ask` puts its questions about a period, in a number that does not depend on the rows.

    `missing` lists what would make its figures complete, for the work list of each person in charge; `missing_permission`, as
    `app.codename`, is who repairs it and therefore sees it: the rows may name people. `is_typed`: somebody wrote the numbers down. Where
    another source counts the same figure from rows, and has any, that one is told: the site types nothing it knows.
    """

    name: str
    ask: Callable[[Scope], Questions[Any]]
    definitions: Sequence[Definition]
    missing: Callable[[Scope], Iterable[MissingFact]] | None = None
    is_typed: bool = False
    missing_permission: str = ""

    def read(self, scope: Scope) -> Any:
        """What definitions count from."""
        [read] = self.read_together([scope])
        return read

    def read_together(self, scopes: Iterable[Scope]) -> list[Any]:
        """The same of several periods, with the queries of one."""
        return answers([self.ask(scope) for scope in scopes])


_registered: dict[str, Source] = {}


def register(sources: Iterable[Source]) -> None:
    """Called in `ready()`, for each app's `figures.SOURCES`."""
    _registered.update({source.name: source for source in sources})


def sources() -> Iterator[Source]:
    """In the order of the installed apps."""
    yield from _registered.values()


def in_languages(words: str | Promise) -> dict[str, str]:
    """Words of the interface in each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(words)
    return found
