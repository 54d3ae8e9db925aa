"""What pages and mails say before, while and after one enrols: deadline, freed seats, price, and nothing that is not so."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.trainings.factories import EnrolmentFactory, InterestFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.forms import send
from tests.trainings.mail import latest_mail
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enums import EnrolmentStatus
from trainings.interests.services import notify_interested, register_interest
from trainings.models import Interest, Module, Session

pytestmark = pytest.mark.django_db

CLOSES = datetime.datetime(2035, 2, 1, 16, 0, tzinfo=datetime.UTC)
DEADLINE = {
    "en": "Enrol until 1 February 2035, 17.00",
    "fr": "S’inscrire avant le 1er février 2035, 17 h",
    "nl": "Inschrijven tot 1 februari 2035, 17 uur",
}


@pytest.fixture
def module() -> Module:
    made: Module = ModuleFactory(price=120)
    make_sheets(made, fr="Écouter", nl="Luisteren", en="Listening")
    return made


@pytest.fixture
def session(module: Module) -> Session:
    made: Session = SessionFactory(
        module=module, capacity=1, enrolment_closes_at=CLOSES, first_meeting_at=CLOSES + datetime.timedelta(days=9)
    )
    return made


def link(name: str, argument: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"trainings:{name}", args=[argument])


def page(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def sheet(module: Module, language: str = "en") -> str:
    return str(module.pages.get(locale__language_code=language).url)


def person(email: str = "ana@example.org") -> EnrolmentData:
    return EnrolmentData(
        name="Ana", email=email, language="en", function="", organisation=None, organisation_name="", sector=None, access_needs=""
    )


def freed(session: Session) -> None:
    """One waits; the seat she waits for is free again."""
    EnrolmentFactory(session=session, status=EnrolmentStatus.WAITING, queued_at=timezone.now())


class TestDeadline:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_it_stands_on_the_sheet_the_form_and_the_list(self, client: Client, session: Session, module: Module, language: str) -> None:
        above = module.pages.get(locale__language_code=language).get_parent().url
        for url in (sheet(module, language), link("enrol", session.reference, language), above):
            assert DEADLINE[language] in page(client, url), url

    def test_who_asked_to_be_told_reads_it_in_the_mail(self, session: Session, module: Module) -> None:
        interest = InterestFactory(module=module, language="en")
        notify_interested(session=session, now=timezone.now())
        assert DEADLINE["en"] in OutgoingMail.objects.get(to=interest.email).text

    def test_a_session_without_one_says_nothing(self, client: Client, session: Session, module: Module) -> None:
        Session.objects.update(enrolment_closes_at=None)
        assert "Enrol until" not in page(client, sheet(module))


class TestFreedSeats:
    def test_newcomers_do_not_read_that_it_is_full(self, client: Client, session: Session, module: Module) -> None:
        freed(session)
        shown = page(client, sheet(module))
        assert "waiting list: a freed seat goes to those who wait" in shown
        assert "full – waiting list" not in shown
        assert "A seat is free again, and goes to those who wait first. 1 person waits before you." in page(
            client, link("enrol", session.reference)
        )

    def test_who_waits_does_not_read_that_no_seat_is_free(self, client: Client, session: Session) -> None:
        freed(session)
        outcome = enrol_participant(session_id=session.pk, person=person(), now=timezone.now())
        words = "A seat is free again, for those on the waiting list. You are number 2."
        assert words in page(client, link("manage_enrolment", outcome.enrolment.token))
        mail = latest_mail(outcome.enrolment)
        assert words in mail.text
        assert words in mail.html

    def test_a_full_session_is_full(self, client: Client, session: Session, module: Module) -> None:
        EnrolmentFactory(session=session)
        assert "full – waiting list" in page(client, sheet(module))
        outcome = enrol_participant(session_id=session.pk, person=person(), now=timezone.now())
        assert "There is no free seat at the moment. You are number 1" in latest_mail(outcome.enrolment).text


class TestTellMe:
    def test_it_is_offered_beside_free_seats_too(self, client: Client, session: Session, module: Module) -> None:
        assert link("register_interest", module.number) in page(client, sheet(module))

    def test_one_may_ask_for_a_language(self, client: Client, module: Module) -> None:
        send(client, link("register_interest", module.number), email="ana@example.org", session_language="nl")
        assert Interest.objects.get().session_language == "nl"

    def test_only_a_session_in_that_language_answers(self, session: Session, module: Module) -> None:
        InterestFactory(module=module, session_language="nl")
        InterestFactory(module=module, session_language="fr")
        InterestFactory(module=module)
        assert session.language == "fr"
        assert notify_interested(session=session, now=timezone.now()) == 2

    def test_asked_again_in_another_language_a_wish_grows(self, module: Module) -> None:
        """Anybody can type an address: that must not narrow what its owner asked for."""
        for language in ("nl", "fr"):
            register_interest(module=module, email="ana@example.org", language="en", session_language=language, now=timezone.now())
        assert Interest.objects.get().session_language == ""


class TestPromises:
    def test_a_waiting_receipt_promises_neither_dates_nor_certificate(self, client: Client, session: Session) -> None:
        EnrolmentFactory(session=session)
        answers = {"name": "Ana", "email": "ana@example.org", "language": "en"}
        shown = page(client, send(client, link("enrol", session.reference), **answers)["Location"])
        assert "certificate of attendance comes" not in shown
        assert "If a seat is for you" in shown
        assert "It comes from " in shown

    def test_a_seat_goes_to_somebody_only_where_somebody_waits(self, client: Client, session: Session) -> None:
        enrolment = EnrolmentFactory(session=session)
        url = link("cancel_enrolment", enrolment.token)
        assert "Your seat becomes free for others." in page(client, url)
        EnrolmentFactory(session=session, status=EnrolmentStatus.WAITING, queued_at=timezone.now())
        assert "Your seat goes to somebody who waits for it." in page(client, url)


class TestPrice:
    TERMS = "120 € a person, for the whole training. You pay nothing on this site: Smes writes to you how and when to pay."

    def test_the_sheet_the_form_and_the_mail_say_who_pays_and_when(self, client: Client, session: Session, module: Module) -> None:
        assert self.TERMS in page(client, sheet(module))
        assert self.TERMS in page(client, link("enrol", session.reference))
        outcome = enrol_participant(session_id=session.pk, person=person(), now=timezone.now())
        mail = latest_mail(outcome.enrolment)
        assert f"Price: {self.TERMS}" in mail.text
        assert self.TERMS in mail.html
        assert self.TERMS in page(client, link("manage_enrolment", outcome.enrolment.token))

    def test_who_waits_pays_only_with_a_seat(self, session: Session) -> None:
        EnrolmentFactory(session=session)
        outcome = enrol_participant(session_id=session.pk, person=person(), now=timezone.now())
        assert "This counts only once you have a seat." in latest_mail(outcome.enrolment).text

    def test_a_free_training_says_that_there_is_nothing_to_pay(self, session: Session, module: Module) -> None:
        Module.objects.update(price=0)
        outcome = enrol_participant(session_id=session.pk, person=person(), now=timezone.now())
        assert "Price: There is nothing to pay." in latest_mail(outcome.enrolment).text


def test_an_address_opens_on_a_map_by_a_plain_link(client: Client, session: Session, module: Module) -> None:
    shown = page(client, sheet(module))
    assert 'href="https://www.openstreetmap.org/search?query=' in shown
    assert "<iframe" not in shown
