"""What a source wants to know, put to the database once for all periods that are asked together.

A source asks with `yield`: a queryset goes out, its rows come back. It knows its own period only; where a report stands beside the
year before, the same question about both years is one query. So two years take as many queries as one.
"""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet, Value

# The last type is what a source makes of the answers.
type Questions[Read] = Generator[QuerySet[Any, Any], list[Any], Read]

# On each row on its way back: who asked.
ASKER: Final = "question_of"


def in_total(rows: QuerySet[Any], **aggregates: Any) -> QuerySet[Any, dict[str, Any]]:
    """One row, with aggregates over all rows. A question, where `aggregate()` would be an answer."""
    return rows.order_by().values(in_total=Value(True)).annotate(**aggregates)


def answers(asked: Sequence[Questions[Any]]) -> list[Any]:
    """What each makes of its answers. The first questions of all go out together, then the second ones."""
    told: list[Any] = [None] * len(asked)
    found: Mapping[int, list[Any] | None] = dict.fromkeys(range(len(asked)))
    while found:
        questions = {}
        for number, rows in found.items():
            try:
                questions[number] = asked[number].send(rows)  # type: ignore[arg-type]
            except StopIteration as end:
                told[number] = end.value
        found = _rows(questions)
    return told


def _rows(questions: Mapping[int, QuerySet[Any, Any]]) -> dict[int, list[Any]]:
    """The rows of each question, in one query; in no order where there are several."""
    if len(questions) < 2:
        return {number: list(question) for number, question in questions.items()}
    # SQLite takes no order within a union.
    first, *others = (question.order_by().annotate(**{ASKER: Value(number)}) for number, question in questions.items())
    found: dict[int, list[Any]] = {number: [] for number in questions}
    for row in first.union(*others, all=True).order_by():
        found[row.pop(ASKER) if isinstance(row, dict) else getattr(row, ASKER)].append(row)
    return found
