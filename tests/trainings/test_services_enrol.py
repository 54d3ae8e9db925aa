"""A person enrols: a seat, or a place in the queue, and a mail that says which."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mail import files_of, kinds_to, latest_mail, links_in, mails_to
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.enrol import (
    CannotEnrol,
    EnrolmentChanges,
    EnrolmentData,
    EnrolmentOutcome,
    Refusal,
    change_enrolment,
    enrol_participant,
)
from trainings.enums import EnrolmentStatus, FreedSeats, SessionStatus
from trainings.models import Enrolment, Participant, Session
from trainings.sessions.seat_counts import session_seats, waiting_rank
from trainings.signals import newsletter_wished

pytestmark = pytest.mark.django_db


def enrol(session: Session, email: str = "alex@example.org", now: datetime.datetime | None = None, **told: Any) -> EnrolmentOutcome:
    person = EnrolmentData(name=told.pop("name", "Alex Exemple"), email=email, **told)
    return enrol_participant(session_id=session.pk, person=person, now=now or timezone.now())


def test_somebody_gets_the_free_seat_and_a_mail_with_calendar_and_manage_link() -> None:
    module = ModuleFactory()
    make_sheets(module, fr="Accueillir et écouter", nl="Onthalen en luisteren")
    session = SessionFactory(module=module, capacity=1)

    outcome = enrol(session, language="nl")

    assert outcome.enrolment.status == EnrolmentStatus.CONFIRMED
    assert not outcome.was_already_enrolled
    [mail] = mails_to("alex@example.org")
    assert mail.kind == "trainings/mail/enrolment_confirmed"
    assert mail.language == "nl"
    assert "Onthalen en luisteren" in mail.subject
    assert "1000 Brussel\n" in mail.text, "the municipality is told in Dutch"
    assert any(outcome.enrolment.token in link and "/nl/" in link for link in links_in(mail.text))
    assert any(outcome.enrolment.token in link for link in links_in(mail.html))
    assert list(files_of(mail)) == ["smes.ics"]
    [row] = outcome.enrolment.transitions.all()
    assert (row.from_status, row.to_status, row.by) == ("", "confirmed", None)


def test_who_comes_after_the_last_seat_waits_and_is_told_the_rank() -> None:
    session = SessionFactory(capacity=1)
    EnrolmentFactory(session=session)

    first, second = enrol(session, "a@example.org").enrolment, enrol(session, "b@example.org").enrolment

    assert [waiting_rank(first), waiting_rank(second)] == [1, 2]
    [mail] = mails_to("b@example.org")
    assert mail.kind == "trainings/mail/enrolment_waiting"
    with translation.override("fr"):
        assert translation.gettext("You are on the waiting list") in mail.text
    assert "2" in mail.text.split("\n\n")[2]
    assert mail.attachments == []


def test_a_rank_once_told_never_gets_worse_although_clocks_of_requests_disagree() -> None:
    """Somebody whose request began earlier but reached the lock later comes after."""
    session = SessionFactory(capacity=0)
    now = timezone.now()
    first = enrol(session, "first@example.org", now=now).enrolment
    second = enrol(session, "second@example.org", now=now - datetime.timedelta(seconds=2)).enrolment
    assert [waiting_rank(first), waiting_rank(second)] == [1, 2]


def test_while_somebody_waits_a_newcomer_waits_too() -> None:
    session = SessionFactory(capacity=2, freed_seats=FreedSeats.BY_HAND)
    leaving = EnrolmentFactory(session=session)
    EnrolmentFactory(session=session)
    waiting = EnrolmentFactory(session=session, is_waiting=True)
    cancel_enrolment(enrolment=leaving, now=timezone.now())
    assert session_seats(session).free == 1

    newcomer = enrol(session).enrolment

    assert newcomer.status == EnrolmentStatus.WAITING
    assert [waiting_rank(waiting), waiting_rank(newcomer)] == [1, 2]


def test_a_second_enrolment_changes_nothing_and_reminds_the_person_by_mail_only() -> None:
    session = SessionFactory(capacity=5)
    first = enrol(session, "alex@example.org", name="Alex Exemple", access_needs="ramp").enrolment

    outcome = enrol(session, "  ALEX@Example.org ", name="Somebody Else", function="spy", access_needs="")

    assert outcome.was_already_enrolled
    assert outcome.enrolment.pk == first.pk
    first.refresh_from_db()
    assert (first.name, first.function, first.access_needs) == ("Alex Exemple", "", "ramp")
    assert Enrolment.objects.count() == 1
    assert kinds_to("alex@example.org") == ["enrolment_confirmed", "enrolment_already"]
    reminder = mails_to("alex@example.org")[-1]
    assert any(first.token in link for link in links_in(reminder.text))
    assert "Somebody Else" not in reminder.text + reminder.html


def test_a_stranger_cannot_flood_somebody_with_reminders() -> None:
    session = SessionFactory()
    now = timezone.now()
    for minute in range(5):
        enrol(session, now=now + datetime.timedelta(minutes=minute))
    assert kinds_to("alex@example.org") == ["enrolment_confirmed", "enrolment_already"]
    enrol(session, now=now + datetime.timedelta(hours=2))
    assert kinds_to("alex@example.org").count("enrolment_already") == 2


def test_after_cancelling_one_can_enrol_again_and_comes_last() -> None:
    session = SessionFactory(capacity=0)
    first = enrol(session, "alex@example.org").enrolment
    other = enrol(session, "other@example.org").enrolment
    cancel_enrolment(enrolment=first, now=timezone.now())

    again = enrol(session, "Alex@example.org").enrolment

    assert again.pk != first.pk
    assert [waiting_rank(other), waiting_rank(again)] == [1, 2]
    assert Participant.objects.filter(email="alex@example.org").count() == 1


@pytest.mark.parametrize(
    ("facts", "starts_in", "reason"),
    [
        ({"status": SessionStatus.DRAFT}, 10, Refusal.UNKNOWN),
        ({"status": SessionStatus.CANCELLED}, 10, Refusal.CANCELLED),
        ({"status": SessionStatus.CLOSED}, 10, Refusal.CLOSED),
        ({"enrolment_closes_at": timezone.now() - datetime.timedelta(hours=1)}, 10, Refusal.CLOSED),
        ({"meetings": 0}, 10, Refusal.CLOSED),
        ({}, -1, Refusal.PAST),
        ({"status": SessionStatus.CLOSED}, -1, Refusal.PAST),
    ],
)
def test_a_session_that_takes_nobody_says_why_and_keeps_nothing(facts: dict[str, Any], starts_in: int, reason: Refusal) -> None:
    session = SessionFactory(first_meeting_at=timezone.now() + datetime.timedelta(days=starts_in), **facts)
    with pytest.raises(CannotEnrol) as refusal:
        enrol(session)
    assert refusal.value.reason == reason
    assert not Enrolment.objects.exists()
    assert not Participant.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_an_unknown_session_is_refused() -> None:
    with pytest.raises(CannotEnrol) as refusal:
        enrol_participant(session_id=0, person=EnrolmentData(name="A", email="a@example.org"), now=timezone.now())
    assert refusal.value.reason == Refusal.UNKNOWN


def test_the_organisation_of_the_directory_gives_its_sector() -> None:
    organisation = OrganisationFactory()
    enrolment = enrol(SessionFactory(), organisation=organisation, organisation_name="typed before").enrolment
    assert (enrolment.sector, enrolment.organisation_name) == (organisation.sector, "")
    own = SectorFactory()
    assert enrol(SessionFactory(), organisation=organisation, sector=own).enrolment.sector == own


def test_a_link_typed_as_a_name_never_enters_a_mail() -> None:
    enrol(SessionFactory(), name="Win <b>money</b> http://bad.example/x www.bad.example bad.example")
    [mail] = mails_to("alex@example.org")
    assert "bad.example" not in mail.text + mail.html + mail.subject
    assert "<b>money" not in mail.html


def test_the_newsletter_hears_of_a_wish_once_it_is_committed(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[dict[str, Any]] = []

    def listen(sender: Any, **facts: Any) -> None:
        heard.append(facts)

    newsletter_wished.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            enrol(SessionFactory(), "yes@example.org", wants_newsletter=True, language="nl")
            enrol(SessionFactory(), "no@example.org")
            assert heard == []
    finally:
        newsletter_wished.disconnect(listen)
    assert [(facts["email"], facts["language"]) for facts in heard] == [("yes@example.org", "nl")]


def test_an_enrolment_takes_few_queries_however_many_are_in(django_assert_max_num_queries: Any) -> None:
    module = ModuleFactory()
    make_sheets(module)
    session = SessionFactory(module=module, capacity=30, meetings=4)
    EnrolmentFactory.create_batch(12, session=session)
    with django_assert_max_num_queries(14):
        enrol(session)
    session.capacity = 0
    session.save()
    with django_assert_max_num_queries(13):
        enrol(session, "waits@example.org")


def test_details_can_be_corrected_and_the_person_is_told() -> None:
    session = SessionFactory()
    enrolment = enrol(session, access_needs="ramp").enrolment
    told = {"name": "Alex Exemple", "function": "nurse", "organisation_name": "Maison", "language": "nl", "access_needs": "ramp, loop"}

    changed = change_enrolment(enrolment=enrolment, changes=EnrolmentChanges(**told), now=timezone.now())

    changed.refresh_from_db()
    assert (changed.function, changed.organisation_label, changed.language, changed.access_needs) == ("nurse", "Maison", "nl", "ramp, loop")
    assert changed.status == EnrolmentStatus.CONFIRMED
    assert kinds_to("alex@example.org") == ["enrolment_confirmed", "enrolment_changed"]
    mail = latest_mail(changed)
    for words in (
        "Functie: nurse (was leeg)",
        "Organisatie: Maison (was leeg)",
        "Taal: Frans wordt: Nederlands",
        "Toegangsnoden: gewijzigd",
    ):
        assert words in mail.text, "what it was and what it is"
    assert "ramp" not in mail.text + mail.html
    change_enrolment(enrolment=enrolment, changes=EnrolmentChanges(**told), now=timezone.now())
    assert len(mails_to("alex@example.org")) == 2, "nothing changed, nothing to tell"


def test_access_needs_never_travel_by_mail() -> None:
    enrol(SessionFactory(), access_needs="a very private need")
    [mail] = mails_to("alex@example.org")
    assert "private need" not in mail.text + mail.html
