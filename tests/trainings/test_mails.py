"""Every mail of trainings, in every language: both parts, the link, and only what the person may know."""

from pathlib import Path

import pytest

from tests.core.mail_words import left_in_english
from tests.trainings.every_mail import CASES, KINDS, OF_MONEY, another_session, offered
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mail import links_in
from tests.trainings.payment.mails import NAMES
from trainings.enums import Delivery

pytestmark = pytest.mark.django_db

TITLES = {"fr": "Écouter & accueillir", "nl": "Luisteren & onthalen", "en": "Listen & meet"}


def test_every_mail_of_the_app_is_here(root: Path) -> None:
    written = {path.stem for path in (root / "templates/trainings/mail").glob("*.mjml")}
    assert {each.removeprefix("enrolment_") for each in written} == {*KINDS, *OF_MONEY, "my_trainings", "request_news"}, (
        "that one names no training: test_my_trainings.py"
    )


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_say_the_same_in_the_language_of_the_person(kind: str, language: str) -> None:
    module = ModuleFactory()
    make_sheets(module, **TITLES)
    session = SessionFactory(module=module, delivery=Delivery.HYBRID, online_url="https://meet.example.org/x")
    enrolment = EnrolmentFactory(session=session, language=language, access_needs="a private need")

    mail = KINDS[kind](enrolment, TITLES[language])

    assert TITLES[language] in mail.subject, "not escaped: a subject is no HTML"
    assert f'lang="{language}"' in mail.html
    links = [link for link in links_in(mail.text) if f"/{language}/" in link]
    assert links
    for link in links:
        assert link in mail.html
    assert len(mail.html) < 30_000
    assert "<b>x" not in mail.html, "words of the coordinator are text, not markup"
    for part in (mail.text, mail.html):
        assert "{" + "{" not in part
        assert "{" + "%" not in part
        assert "a private need" not in part


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("case", CASES)
def test_no_text_is_left_in_english(case: str, language: str) -> None:
    session = SessionFactory(delivery=Delivery.HYBRID, online_url="https://meet.example.org/x", meetings=2)
    who = EnrolmentFactory(session=session, language=language)
    mail = CASES[case](who, "Écouter")
    who.language = "en"
    english = CASES[case](who, "Écouter")

    rows = (session.venue.name, session.venue.street, session.venue.public_transport, another_session(who).module.name)
    # "Online" is the Dutch word too.
    given = {"Écouter", who.name, "Zoé Avant", session.reference, "Bruxelles", *rows} | ({"Online"} if language == "nl" else set())
    given |= NAMES
    assert left_in_english(mail, english, given=given) == set()
    assert len(left_in_english(english, english, given=given)) >= 4, "the control: it reads the words of both parts"


def test_the_link_to_the_online_meeting_goes_to_those_who_have_a_seat_only() -> None:
    session = SessionFactory(delivery=Delivery.ONLINE, online_url="https://meet.example.org/x")
    confirmed, waiting = EnrolmentFactory(session=session), EnrolmentFactory(session=session, is_waiting=True)
    assert "meet.example.org" in KINDS["confirmed"](confirmed, "x").text
    assert "meet.example.org" not in KINDS["waiting"](waiting, "x").text
    assert "meet.example.org" not in KINDS["already"](waiting, "x").text
    for kind in ("seat_offered", "already", "session_changed"):
        mail = KINDS[kind](offered(waiting), "x")
        assert "meet.example.org" not in mail.text + mail.html


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Vous avez suivi 7,5 heures."), ("nl", "U volgde 7,5 uur."), ("en", "You followed 7.5 hours.")]
)
def test_the_mail_with_a_certificate_says_the_hours(language: str, words: str) -> None:
    who = EnrolmentFactory(language=language)
    CertificateFactory(enrolment=who, minutes=450)
    mail = KINDS["certificate"](who, "x")
    assert words in mail.text
    assert words in " ".join(mail.html.split())


def test_who_paid_for_a_cancelled_session_reads_what_now() -> None:
    paid, free = (EnrolmentFactory(session__module=ModuleFactory(price=price), language="en") for price in (120, 0))
    assert "Already paid? Write to us." in KINDS["session_cancelled"](paid, "x").text
    assert "paid" not in KINDS["session_cancelled"](free, "x").text
