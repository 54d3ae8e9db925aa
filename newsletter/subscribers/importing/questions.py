"""What a file says and we do not understand: a column that looks like a status, a word in one. A person is asked first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from core.imports.headings import folded_heading
from core.imports.table import Table
from newsletter.enums.subscribers import Standing
from newsletter.subscribers.importing.standing import NotUnderstood, is_status_column, says_gone, standing_said
from newsletter.subscribers.importing.vocabulary import HARMLESS_COLUMNS, STATUS_LIKE

# A column of more words than this is asked for those that look like a status, and for the rest at once.
MOST_VALUES = 12
REST = "*"
LONGEST_VALUE = 60
Answers = Mapping[str, Mapping[str, str]]


def status_columns(table: Table) -> list[str]:
    """The headings whose cells say, or may say, something of a consent."""
    return [heading for heading in table.unknown if is_status_column(heading) or looks_like_status(heading, table.values_of(heading))]


def looks_like_status(heading: str, values: Sequence[str]) -> bool:
    """By its name, or because somebody in it left."""
    name = folded_heading(heading)
    if name in HARMLESS_COLUMNS:
        return False
    return bool(STATUS_LIKE & set(name.split())) or any(says_gone(value) for value in values)


def questions_of(table: Table, columns: Sequence[str]) -> list[dict[str, Any]]:
    """One question a column: its values nobody but a person can read, with the number of lines."""
    questions = []
    for heading in columns:
        counted = Counter(value[:LONGEST_VALUE] for value in table.values_of(heading) if not is_understood(heading, value))
        if counted:
            questions.append({"column": heading, "values": _shortened(counted)})
    return questions


def is_understood(heading: str, value: str) -> bool:
    """Whether we know by ourselves what a cell says."""
    if not is_status_column(heading):
        return False
    try:
        standing_said(heading, value)
    except NotUnderstood:
        return False
    return True


def _shortened(counted: Counter[str]) -> list[list[Any]]:
    if len(counted) <= MOST_VALUES:
        return [[value, count] for value, count in counted.most_common()]
    telling = [(value, count) for value, count in counted.most_common() if says_gone(value)][:MOST_VALUES]
    rest = counted.total() - sum(count for _value, count in telling)
    return [*([value, count] for value, count in telling), [REST, rest]]


def standings_said(said: Mapping[str, str], answers: Answers) -> list[Standing]:
    """What the cells of a line say, by our own knowledge and by the answers of a person."""
    standings = []
    for heading, value in said.items():
        if is_understood(heading, value):
            standing = standing_said(heading, value)
        else:
            given = answers.get(heading, {})
            standing = Standing(answer) if (answer := given.get(value[:LONGEST_VALUE], given.get(REST, ""))) else None
        if standing:
            standings.append(standing)
    return standings
