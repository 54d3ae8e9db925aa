"""One way to write a date in each language, everywhere."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.text.dates import DAY_OF_WEEK, HOUR, hours, written
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
    assert text == "1er février 2027 / lundi 1er février 2027 / 1er février / 1er février 2027, 0\N{NO-BREAK SPACE}h / "


@pytest.mark.parametrize(
    ("language", "hour", "full", "span"),
    [
        ("fr", "9_h_30", "17_h", "de 9_h_30 à 17_h"),
        ("nl", "9.30_uur", "17_uur", "van 9.30 tot 17_uur"),
        ("en", "9.30", "17.00", "9.30 to 17.00"),
    ],
)
def test_an_hour_and_from_when_to_when(language: str, hour: str, full: str, span: str) -> None:
    half_past_nine = datetime.datetime(2027, 2, 1, 8, 30, tzinfo=datetime.UTC)
    five = datetime.datetime(2027, 2, 1, 16, 0, tzinfo=datetime.UTC)
    with translation.override(language):
        shown = [written(half_past_nine, HOUR), written(five, HOUR), hours(half_past_nine, five)]
        assert shown == [text.replace("_", "\N{NO-BREAK SPACE}") for text in (hour, full, span)]
        assert Template("{{ at|hour }}").render(Context({"at": five})) == shown[1]
        assert date_format(localtime(half_past_nine), "TIME_FORMAT") == shown[0], "screens of Wagtail too"


def test_screens_of_others_put_the_day_first_in_english_too() -> None:
    with translation.override("en"):
        assert date_format(datetime.date(2024, 12, 10)) == "10 December 2024"


def test_no_template_and_no_code_writes_a_day_or_an_hour_in_its_own_way() -> None:
    own = re.compile(r"""\|date:["'](?:[lDj]|DATE|TIME)|date_format\([^)]*["'](?:[lD] )?j |\|(?:date|time):["'][^"']*H:i""")
    assert own.search('{{ at|time:"H:i" }}'), "the control"
    root = Path(settings.BASE_DIR)
    files = [*(root / "templates").rglob("*.*"), *code_files(root)]
    assert [str(each) for each in files if own.search(each.read_text())] == []
