"""What colleagues type into a date field is read as they mean it, in every language, or refused with words."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Page

from cartography.models import Place
from core.backoffice.dates import DateField, DateTimeField
from home.models import EventPage, NewsPage
from publications.models import Work
from trainings.models import Meeting, Session

LANGUAGES = ("fr", "nl", "en")
HALF_PAST_ONE = datetime.datetime(2027, 1, 19, 13, 30)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "19/01/2027 13:30",
        "19-01-2027 13:30",
        "19.1.2027 13h30",
        "19/1/27 13u30",
        "19/01/2027 13 h 30",
        " 19.01.2027 13.30 ",
        "2027-01-19 13:30",
    ],
)
def test_a_moment_is_read_as_it_is_typed_in_belgium(language: str, typed: str) -> None:
    with translation.override(language):
        moment = DateTimeField().clean(typed)
    assert timezone.localtime(moment).replace(tzinfo=None) == HALF_PAST_ONE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_comes_before_the_month_in_english_too(language: str) -> None:
    with translation.override(language):
        assert DateField().clean("05/01/2027") == datetime.date(2027, 1, 5)
        assert DateField().widget.format_value(datetime.date(2027, 1, 5)) == "05/01/2027"


@pytest.mark.parametrize("typed", ["19 janvier", "31/02/2027 10:00", "19/01/2027", "demain 13:30", "19/01/2027 25:00"])
def test_what_cannot_be_read_is_refused_and_shows_how(typed: str) -> None:
    with translation.override("fr"), pytest.raises(ValidationError) as refusal:
        DateTimeField().clean(typed)
    assert "19/01/2027 13:30" in refusal.value.messages[0]


@pytest.mark.parametrize("year", ["0027", "0001", "0227", "2207", "9999"])
def test_a_year_that_cannot_be_right_is_refused_with_words(year: str) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError, match=f"The year {year} cannot be right"):
            DateTimeField().clean(f"19/01/{year} 13:30")
        with pytest.raises(ValidationError, match=f"The year {year} cannot be right"):
            DateField().clean(f"19/01/{year}")


@pytest.mark.control
def test_control_without_its_check_the_year_27_is_taken() -> None:
    moment = DateTimeField(validators=())
    moment.validators = []
    assert moment.clean("19/01/0027 13:30").year == 27


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Meeting, "starts_at"),
        (Session, "enrolment_closes_at"),
        (EventPage, "starts_at"),
        (NewsPage, "date"),
        (Page, "go_live_at"),
        (Work, "published_on"),
        (Place, "checked_on"),
    ],
)
def test_every_form_made_of_a_model_asks_by_these_fields(model: type, name: str) -> None:
    field = formfield_for_dbfield(model._meta.get_field(name))  # type: ignore[attr-defined]
    assert isinstance(field, DateField | DateTimeField)
