"""The list of work: what all sources miss, as far as a reader may repair it, by kind of gap. Nothing is stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.figures.definitions import MissingFact, Source, sources
from core.figures.period import Scope
from core.models import User

# Who is in charge: the reader, somebody by key, nobody, or whoever.
EVERYBODY, ME, NOBODY = "all", "me", "nobody"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to repair, and who is in charge of it."""

    fact: MissingFact
    person: User | None


@dataclass(slots=True)
class Kind:
    """Things of one kind. `figures`: the labels of those they touch; `gaps`: the first of them, `count`: all."""

    label: str
    figures: list[str]
    count: int = 0
    gaps: list[Gap] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown yet."""
        return self.count - len(self.gaps)


@dataclass(frozen=True, slots=True)
class WorkList:
    """`kinds`: those asked for, the longest first; `by_person`, `by_figure`: how many things wait in all, whatever was asked for."""

    kinds: list[Kind]
    people: dict[int, User]
    by_person: Counter[int | None]
    by_figure: Counter[str]
    labels: dict[str, str]

    @property
    def total(self) -> int:
        return self.by_person.total()


def sources_for(user: Any) -> list[Source]:
    """Sources whose gaps the user repairs, and may therefore see."""
    return [each for each in sources() if each.missing and user.has_perm(each.missing_permission)]


def may_open(user: Any) -> bool:
    """Whether there is anything for this user."""
    return bool(sources_for(user))


def work_list(*, user: Any, scope: Scope, person: str = EVERYBODY, figure: str = "") -> WorkList:
    """As many queries as the sources ask, and one for the people in charge, however much is missing."""
    asked = sources_for(user)
    facts = [fact for source in asked if source.missing for fact in source.missing(scope) if _is_for(fact, user)]
    people = User.objects.in_bulk({fact.person_id for fact in facts if fact.person_id})
    labels = {each.key: str(each.label) for source in asked for each in source.definitions}
    wanted = [fact for fact in facts if _is_of(fact, person, user) and (not figure or figure in fact.figures)]
    return WorkList(
        kinds=_grouped(wanted, people, labels),
        people=people,
        by_person=Counter(fact.person_id for fact in facts),
        by_figure=Counter(key for fact in facts for key in fact.figures if key in labels),
        labels=labels,
    )


def _is_for(fact: MissingFact, user: Any) -> bool:
    return not fact.permission or bool(user.has_perm(fact.permission))


def _is_of(fact: MissingFact, person: str, user: Any) -> bool:
    if person == ME:
        return fact.person_id == user.pk
    if person == NOBODY:
        return fact.person_id is None
    return person == EVERYBODY or str(fact.person_id) == person


def _grouped(facts: Iterable[MissingFact], people: dict[int, User], labels: dict[str, str]) -> list[Kind]:
    kinds: dict[tuple[str, tuple[str, ...]], Kind] = {}
    for fact in facts:
        known = [labels[key] for key in fact.figures if key in labels]
        kind = kinds.setdefault((str(fact.label), fact.figures), Kind(str(fact.label), known))
        kind.count += 1
        if len(kind.gaps) < SHOWN:
            kind.gaps.append(Gap(fact, people.get(fact.person_id) if fact.person_id else None))
    return sorted(kinds.values(), key=lambda kind: (-kind.count, kind.label))
