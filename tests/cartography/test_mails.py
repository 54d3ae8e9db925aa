"""Every mail of the map, in every language: both parts, the same links, every word translated."""

from pathlib import Path

import pytest
from django.utils import timezone

from cartography import mails
from cartography.models import Place
from tests.cartography.every_mail import CASES, NAME, NOTE
from tests.cartography.factories import PlaceFactory
from tests.core.mail_words import left_in_english
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "en")

every_case = pytest.mark.parametrize("case", CASES)


@pytest.fixture
def place() -> Place:
    made: Place = PlaceFactory(name_fr=NAME, name_nl=NAME)
    return made


def test_every_mail_of_the_app_is_here(root: Path) -> None:
    written = {path.stem for path in (root / "templates/cartography/mail").glob("*.mjml")}
    assert {case.partition(",")[0] for case in CASES} == written


@every_case
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parts_say_the_same_in_the_language_of_the_reader(case: str, language: str, place: Place) -> None:
    mail = CASES[case](place, language)

    assert f'<html lang="{language}"' in mail.html
    assert mail.language == language
    assert NAME in mail.subject or "TTTTTTTT" in mail.subject
    links = [link for link in links_in(mail.text) if f"/{language}/" in link]
    assert len(links) >= 2, "something to do, and the site"
    for link in links:
        assert link in mail.html
    assert NAME in mail.text
    assert NAME in mail.html
    for part in (mail.text, mail.html):
        assert "{" + "{" not in part
        assert "{" + "%" not in part


@every_case
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_text_is_left_in_english(case: str, language: str, place: Place) -> None:
    mail, english = CASES[case](place, language), CASES[case](place, "en")
    given = {NAME, NOTE, "TTTTTTTT"}
    assert left_in_english(mail, english, given=given) == set()
    assert len(left_in_english(english, english, given=given)) >= 4, "the control: it reads the words of both parts"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_service_is_written_to_in_its_language(language: str) -> None:
    place = PlaceFactory(languages=[language], name_nl="Huis Hangmat")
    written = [
        mails.confirm_current(place, is_last=True, now=timezone.now()),
        mails.delisted(place, reason=NOTE, was_silent=True, now=timezone.now()),
    ]
    for mail in written:
        assert mail.language == language
        assert f'<html lang="{language}"' in mail.html
        assert ("Huis Hangmat" in mail.subject) is (language == "nl")


@pytest.mark.parametrize("language", LANGUAGES)
@every_case
def test_the_subject_names_the_place(case: str, language: str, place: Place) -> None:
    assert NAME in CASES[case](place, language).subject
