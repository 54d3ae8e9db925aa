"""Results of closed evaluations: of one session, a module, a pair of trainers, a year, or any of these together."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.blocks.charts import Bar, Reading, bars
from trainings.evaluation.groups import Counted, counted_sessions
from trainings.models import AnswerSet, EvaluationRound, Question
from trainings.models.questionnaires import CHOICES, TEXTS, QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is asked for. `reader`: a trainer, who sees what she gave."""

    kind: str
    session: int | None = None
    module: int | None = None
    year: int | None = None
    trainers: tuple[int, ...] | None = None
    reader: int | None = None

    def rounds(self) -> list[EvaluationRound]:
        """All of these have or lack the same module, year and trainers as their group: groups are never cut."""
        wanted = {"session": self.session, "module": self.module, "year": self.year}
        rows = EvaluationRound.objects.filter(kind=self.kind, **{name: value for name, value in wanted.items() if value is not None})
        return [row for row in rows.select_related("session__module") if self._concerns(row)]

    def _concerns(self, row: EvaluationRound) -> bool:
        given = tuple(row.trainer_ids)
        return (self.reader is None or self.reader in given) and (self.trainers is None or self.trainers == given)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: how many answered it, and what. Nothing but the question where fewer than five did."""

    question: Question
    count: int = 0
    bars: list[Bar] = field(default_factory=list)
    average: Decimal | None = None
    comments: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.question.kind in TEXTS


@dataclass(frozen=True, slots=True)
class Results:
    """`answered` of `invited` people in `sessions`; how many of them are counted, and the questions in their order."""

    sessions: int = 0
    invited: int = 0
    answered: int = 0
    counted: int = 0
    questions: list[QuestionResult] = field(default_factory=list)

    @property
    def rate(self) -> int:
        """In percent."""
        return round(self.answered / self.invited * 100) if self.invited else 0


def results(scope: Scope) -> Results:
    """A fixed number of queries, however many sessions and answers there are."""
    rounds = scope.rounds()
    sets = _sets(rounds, scope.kind)
    together = counted_sessions(_counted(rounds, Counter(each.session_id for each in sets)))
    questions = [_result(asked, rounds, sets, together) for asked in _asked(sets)]
    return Results(
        sessions=len(rounds),
        invited=sum(each.invited for each in rounds),
        answered=sum(each.answered for each in rounds),
        counted=sum(each.session_id in together for each in sets),
        questions=questions,
    )


def _sets(rounds: list[EvaluationRound], kind: str) -> list[AnswerSet]:
    sent = AnswerSet.objects.filter(session__in=[each.session_id for each in rounds], version__questionnaire__purpose=kind)
    return list(sent.filter(submitted_on__isnull=False).select_related("version").prefetch_related("version__questions"))


def _counted(rounds: list[EvaluationRound], counts: Counter[int | None]) -> list[Counted]:
    """What groups are made of: the sessions with the facts that were frozen when they were closed."""
    return [
        Counted((each.module_id or 0, each.year, tuple(each.trainer_ids)), place, each.session_id, counts[each.session_id])
        for place, each in enumerate(rounds)
        if counts[each.session_id]
    ]


type Identity = tuple[str, str, tuple[str, ...]]


def _identity(question: Question) -> Identity:
    """A question stays the same in the next version as long as it is answered in the same way."""
    return (question.key, question.kind, tuple(question.options("fr")) if question.kind in CHOICES else ())


def _asked(sets: list[AnswerSet]) -> list[Question]:
    """Each question once, in the words and the order of the latest version it stands in."""
    versions = {each.version_id: each.version for each in sets}
    latest: dict[Identity, Question] = {}
    for version in sorted(versions.values(), key=lambda version: -version.number):
        for question in version.questions.all():
            latest.setdefault(_identity(question), question)
    return list(latest.values())


def _result(asked: Question, rounds: list[EvaluationRound], sets: list[AnswerSet], together: set[int]) -> QuestionResult:
    values = _values(asked, sets)
    if asked.kind in TEXTS:
        # Sorted by their words: in which order people answered is told by nothing.
        comments = sorted(str(value) for session, found in values.items() if session in together for value in found)
        return QuestionResult(asked, len(comments), comments=comments)
    counts: Counter[int | None] = Counter({session: len(found) for session, found in values.items()})
    shown = counted_sessions(_counted(rounds, counts))
    return _drawn(asked, [value for session, found in values.items() if session in shown for value in found])


def _values(asked: Question, sets: list[AnswerSet]) -> dict[int, list[Any]]:
    """What was answered to a question, by session."""
    identity = _identity(asked)
    versions = {each.version_id: each.version for each in sets}
    with_it = {key for key, version in versions.items() if identity in map(_identity, version.questions.all())}
    found: dict[int, list[Any]] = defaultdict(list)
    for each in sets:
        value = each.answers.get(asked.key) if each.version_id in with_it else None
        if value not in (None, "", []) and each.session_id is not None:
            found[each.session_id].append(value)
    return found


def _drawn(asked: Question, values: list[Any]) -> QuestionResult:
    result = QuestionResult(asked, len(values))
    if not values:
        return result
    if asked.kind in {*CHOICES, QuestionKind.SCALE}:
        chosen = Counter(each for value in values for each in (value if isinstance(value, list) else [value]))
        result = dataclasses.replace(result, bars=bars([Reading(label, Decimal(chosen[step])) for step, label in asked.choices]))
    if asked.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
        result = dataclasses.replace(result, average=_average(values))
    return result


def _average(values: Iterable[Any]) -> Decimal:
    numbers = [Decimal(value) for value in values]
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal("0.1"))
