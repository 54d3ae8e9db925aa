"""The fifty sheets of the catalogue as they are written: every field, in three languages, and the mark of what is invented."""

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest

from core.models import Programme
from demo.reading import LANGUAGES, sheets
from trainings.enums import Delivery, Format

WORDS = ("title", "slug", "summary", "method", "practical")
LISTS = ("audience", "outcomes", "prerequisites", "contents")
FACTS = (
    *("number", "status", "theme", "programme", "format", "delivery", "days"),
    *("group_min", "group_max", "price", "languages", "accreditation", "related"),
)
CONTENT = sheets("modules")
each_sheet = pytest.mark.parametrize("sheet", CONTENT, ids=[str(sheet.get("number")) for sheet in CONTENT])


def missing(sheet: dict[str, Any]) -> list[str]:
    """The fields a sheet lacks, e.g. `["method.nl", "contents.2.en", "price"]`."""
    lacking = [name for name in FACTS if sheet.get(name) in (None, "", [])]
    lacking += [f"{name}.{code}" for name in WORDS for code in LANGUAGES if not str(sheet.get(name, {}).get(code, "")).strip()]
    for name in LISTS:
        items = sheet.get(name) or [{}]
        lacking += [f"{name}.{row}.{code}" for row, item in enumerate(items) for code in LANGUAGES if not str(item.get(code, "")).strip()]
    return lacking


def test_there_are_fifty_modules() -> None:
    assert sorted(sheet["number"] for sheet in CONTENT) == list(range(1, 51))


@each_sheet
def test_no_field_is_missing_in_any_language(sheet: dict[str, Any]) -> None:
    assert missing(sheet) == []


@pytest.mark.parametrize("field", [*WORDS, *LISTS, *FACTS])
def test_a_field_that_is_missing_is_noticed(field: str) -> None:
    """The control: one field less, or one language less."""
    without = deepcopy(CONTENT[17])
    del without[field]
    assert missing(without)
    if field in (*WORDS, *LISTS):
        halved = deepcopy(CONTENT[17])
        del (halved[field] if field in WORDS else halved[field][-1])["nl"]
        assert len(missing(halved)) == 1


@each_sheet
def test_the_three_languages_say_it_each_in_their_own_words(sheet: dict[str, Any]) -> None:
    texts = [sheet["summary"], sheet["method"], sheet["practical"], *(item for name in LISTS for item in sheet[name])]
    assert [text for text in texts if len({" ".join(text[code].split()) for code in LANGUAGES}) < 3] == []
    assert min(len(sheet["summary"][code]) for code in LANGUAGES) > 60
    assert all(len(sheet[name]) >= least for name, least in (("audience", 2), ("outcomes", 3), ("prerequisites", 1), ("contents", 3)))


@each_sheet
def test_the_facts_are_such_as_a_catalogue_can_hold(sheet: dict[str, Any]) -> None:
    assert sheet["programme"] in Programme.values
    assert sheet["format"] in Format.values
    assert sheet["delivery"] in Delivery.values
    assert 0 < sheet["days"] <= 10
    assert 0 < sheet["group_min"] < sheet["group_max"]
    assert sheet["price"] >= 0
    assert set(sheet["languages"]) <= set(LANGUAGES)
    known = {other["number"] for other in CONTENT}
    assert set(sheet["related"]) <= known - {sheet["number"]}


def test_what_is_not_publicly_known_is_marked() -> None:
    """`real`: a course one can find; `theme`: only its theme stands in the annual report. All but the first kind carry the mark."""
    assert Counter(sheet["status"] for sheet in CONTENT) == {"real": 4, "theme": 11, "invented": 35}
