"""One way to write a date in each language, everywhere."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from core.text.dates import DAY_OF_WEEK, written
from tests.house.code import code_files

FIRST = datetime.date(2027, 2, 1)
MIDNIGHT_IN_BRUSSELS = datetime.datetime(2027, 1, 31, 23, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "lundi 1er février 2027"), ("nl", "maandag 1 februari 2027"), ("en", "Monday 1 February 2027")]
)
def test_the_first_of_a_month(language: str, text: str) -> None:
    with translation.override(language):
        assert written(FIRST, DAY_OF_WEEK) == text


@pytest.mark.parametrize(("language", "text"), [("fr", "2 février 2027"), ("nl", "2 februari 2027"), ("en", "2 February 2027")])
def test_any_other_day(language: str, text: str) -> None:
    with translation.override(language):
        assert written(FIRST + datetime.timedelta(days=1)) == text


def test_a_moment_is_told_in_brussels_time() -> None:
    shown = Template("{{ at|day }} / {{ at|day_of_week }} / {{ at|day_of_year }} / {{ at|moment }} / {{ nothing|day }}")
    with translation.override("fr"):
        text = shown.render(Context({"at": MIDNIGHT_IN_BRUSSELS, "nothing": None}))
    assert text == "1er février 2027 / lundi 1er février 2027 / 1er février / 1er février 2027, 00:00 / "


def test_screens_of_others_put_the_day_first_in_english_too() -> None:
    with translation.override("en"):
        assert date_format(datetime.date(2024, 12, 10)) == "10 December 2024"


def test_no_template_and_no_code_writes_a_day_in_its_own_way() -> None:
    own = re.compile(r"""\|date:["'](?:[lDj]|DATE)|date_format\([^)]*["'](?:[lD] )?j """)
    root = Path(settings.BASE_DIR)
    files = [*(root / "templates").rglob("*.*"), *code_files(root)]
    assert [str(each) for each in files if own.search(each.read_text())] == []
