"""docs/security.md says which test holds what: each test exists, and each item of the standard that counts here has its answer."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")
REASON = "**Not held, because:**"
# OWASP ASVS 5.0, the items that count for a site of this kind.
ITEMS = re.findall(
    r"\S+",
    """
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.10 1.3.1 1.3.4 1.3.6 1.3.7 1.3.11 1.3.12 1.5.1
    2.2.2 2.3.1 2.3.3 2.3.4 2.4.1 2.4.2
    3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.4.8 3.5.1 3.5.3 3.7.2
    5.2.1 5.2.2 5.2.3 5.2.6 5.3.2 5.4.1 5.4.2
    6.2.1 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.3.1 6.3.3 6.3.8 6.4.3 6.5.1
    7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.5
    8.2.1 8.2.2 8.2.3 8.3.1 8.3.2
    9.1.1 9.2.1 9.2.2
    13.4.1 13.4.2 13.4.3 13.4.4 13.4.5 13.4.6
    14.2.1 14.2.3 14.2.7 14.3.2
    15.1.2 15.3.3 15.3.4 15.4.2
    16.2.5 16.3.1 16.3.2 16.4.1 16.5.1 16.5.2 16.5.3 16.5.4
    """,
)


def rows() -> dict[str, str]:
    """{item: who holds it}."""
    return {number: held_by for number, _what, held_by in ROW.findall(DOCUMENT)}


def test_each_item_has_one_answer() -> None:
    numbers = [number for number, _what, _held_by in ROW.findall(DOCUMENT)]
    assert len(numbers) == len(set(numbers))
    assert numbers == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_the_answer_is_a_test_or_a_reason(item: str) -> None:
    held_by = rows()[item]
    assert TEST.search(held_by) or len(held_by.partition(REASON)[2]) > 40


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(DOCUMENT)
    assert len(named) > 100
    assert [f"{path}::{name}" for path, name in named if not is_there(path, name)] == []


def is_there(path: str, name: str) -> bool:
    return (ROOT / path).exists() and re.search(rf"def {name}\(", (ROOT / path).read_text("utf-8")) is not None


@pytest.mark.control
@pytest.mark.parametrize("path", ["tests/house/test_security_document.py", "tests/house/test_nowhere.py"])
def test_one_that_does_not_is_noticed(path: str) -> None:
    assert not is_there(path, "test_nobody_wrote")
