"""Every mail of the map, in every language: both parts, the same links, every word translated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from cartography import mails
from cartography.enums import SubmissionKind, SubmissionStatus
from cartography.models import Place, Submission
from core.models import OutgoingMail
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.core.mail_words import left_in_english
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db

NAME = "Maison Hamac"  # a name that is nobody's word
NOTE = "Zinneke."
LANGUAGES = ("fr", "nl", "en")
Write = Callable[[Place, str], OutgoingMail]


def to_service(template: str, **more: object) -> Write:
    """Mails to a service go in the language of the place (see the tests below); the words exist in all three."""
    return lambda place, language: mails._about_place(f"cartography/mail/{template}", place, language=language, now=timezone.now(), **more)


def to_sender(kind: str, status: str) -> Write:
    """The answer to whoever sent something."""

    def write(place: Place, language: str) -> OutgoingMail:
        now = timezone.now()
        sent: Submission = SubmissionFactory(
            kind=kind, status=status, place=place, language=language, decided_at=now, decision_note=NOTE, reference="TTTTTTTT"
        )
        mail = mails.decided(sent, now=now)
        sent.delete()
        return mail

    return write


CASES: dict[str, Write] = {
    "confirm_proposal": lambda place, language: mails.confirm_proposal(
        SubmissionFactory(language=language, values={"name_fr": NAME}), now=timezone.now()
    ),
    "edit_link": lambda place, language: mails.edit_link(place, language=language, now=timezone.now()),
    "confirm_current": to_service("confirm_current", is_last=False),
    "confirm_current, last": to_service("confirm_current", is_last=True),
    "delisted": to_service("delisted", reason=NOTE, was_silent=False),
    "delisted, silent": to_service("delisted", reason="", was_silent=True),
    **{
        f"decided, {kind} {status}": to_sender(kind, status)
        for kind in SubmissionKind.values
        for status in (SubmissionStatus.ACCEPTED.value, SubmissionStatus.REFUSED.value)
    },
}

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
