"""The life of a session, and those who asked to hear of it."""

import datetime

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from core.text.dates import HOUR, written
from tests.core.factories import OrganisationFactory, UserFactory
from tests.trainings.factories import (
    EnrolmentFactory,
    InterestFactory,
    MeetingFactory,
    ModuleFactory,
    SessionFactory,
    TrainerFactory,
    make_sheets,
)
from tests.trainings.mail import files_of, kinds_to, latest_mail, links_in, mails_to
from trainings.enums import FreedSeats, SessionKind, SessionStatus, SystemNote
from trainings.interests.services import confirm_interest, register_interest, withdraw_interest
from trainings.models import Interest, Meeting, Session
from trainings.planning.sessions import (
    CannotChangeSession,
    SessionRefusal,
    TooFewSeats,
    cancel_session,
    change_capacity,
    close_session,
    duplicate_session,
    notify_of_change,
    publish_session,
)
from trainings.sessions.seat_counts import session_seats

pytestmark = pytest.mark.django_db

WEEK = datetime.timedelta(days=7)


def test_publishing_tells_those_who_asked_once_and_in_their_language() -> None:
    module = ModuleFactory()
    make_sheets(module, fr="Écouter", nl="Luisteren")
    session = SessionFactory(module=module, status=SessionStatus.DRAFT)
    french, dutch = InterestFactory(module=module), InterestFactory(module=module, language="nl")
    unconfirmed = InterestFactory(module=module, confirmed_at=None)
    elsewhere = InterestFactory()

    publish_session(session=session, now=timezone.now(), by=UserFactory())

    session.refresh_from_db()
    assert session.status == SessionStatus.PUBLISHED
    assert kinds_to(french.email) == kinds_to(dutch.email) == ["interest_opened"]
    [mail] = mails_to(dutch.email)
    assert "Luisteren" in mail.subject
    assert any("/nl/" in link and session.reference in link for link in links_in(mail.text))
    assert kinds_to(unconfirmed.email) == kinds_to(elsewhere.email) == []

    publish_session(session=SessionFactory(module=module, status=SessionStatus.DRAFT), now=timezone.now(), by=UserFactory())
    assert kinds_to(french.email) == ["interest_opened"], "told once only"


def test_an_in_house_session_is_announced_to_nobody() -> None:
    interest = InterestFactory()
    session = SessionFactory(module=interest.module, kind=SessionKind.IN_HOUSE_TRAINING, status=SessionStatus.DRAFT)
    publish_session(session=session, now=timezone.now(), by=UserFactory())
    assert kinds_to(interest.email) == []


@pytest.mark.parametrize(
    ("facts", "days", "reason"),
    [
        ({"meetings": 0, "status": SessionStatus.DRAFT}, 10, SessionRefusal.NO_MEETING),
        ({"status": SessionStatus.DRAFT}, -2, SessionRefusal.PAST),
        ({"status": SessionStatus.PUBLISHED}, 10, SessionRefusal.STATUS),
        ({"status": SessionStatus.CANCELLED}, 10, SessionRefusal.STATUS),
    ],
)
def test_what_cannot_be_published_says_why(facts: dict[str, object], days: int, reason: SessionRefusal) -> None:
    session = SessionFactory(first_meeting_at=timezone.now() + datetime.timedelta(days=days), **facts)
    with pytest.raises(CannotChangeSession) as refusal:
        publish_session(session=session, now=timezone.now(), by=UserFactory())
    assert refusal.value.reason == reason


def test_a_cancelled_session_tells_everybody_in_it_with_the_coordinators_words() -> None:
    session = SessionFactory(capacity=1, meetings=2)
    confirmed = EnrolmentFactory(session=session, language="nl", announced=True)
    waiting = EnrolmentFactory(session=session, is_waiting=True, announced=True)
    gone = EnrolmentFactory(session=session, is_cancelled=True)
    coordinator = UserFactory()

    cancel_session(session=session, message="La formatrice est malade.\nDésolés.", now=timezone.now(), by=coordinator)

    session.refresh_from_db()
    assert session.status == SessionStatus.CANCELLED
    assert kinds_to(confirmed.participant.email) == kinds_to(waiting.participant.email) == ["session_cancelled"]
    assert kinds_to(gone.participant.email) == []
    mail = latest_mail(confirmed)
    assert mail.language == "nl"
    assert "La formatrice est malade." in mail.text
    assert "La formatrice est malade.<br" in mail.html
    assert list(files_of(mail)) == ["smes-cancelled-1.ics", "smes-cancelled-2.ics"]
    assert all(b"STATUS:CANCELLED" in content for content in files_of(mail).values())
    assert latest_mail(waiting).attachments == []
    assert session_seats(session).confirmed == 0
    row = confirmed.transitions.last()
    assert (row.to_status, row.by, row.reason) == ("cancelled", coordinator, SystemNote.SESSION_CANCELLED)
    with pytest.raises(CannotChangeSession):
        cancel_session(session=session, message="", now=timezone.now(), by=coordinator)


def test_closing_stops_enrolment_and_mails_nobody_and_can_be_undone() -> None:
    session = SessionFactory()
    EnrolmentFactory(session=session)
    close_session(session=session, now=timezone.now(), by=UserFactory())
    session.refresh_from_db()
    assert session.status == SessionStatus.CLOSED
    publish_session(session=session, now=timezone.now(), by=UserFactory())
    session.refresh_from_db()
    assert session.status == SessionStatus.PUBLISHED
    assert not OutgoingMail.objects.exists()


def test_seats_cannot_become_fewer_than_are_taken() -> None:
    session = SessionFactory(capacity=5)
    EnrolmentFactory.create_batch(3, session=session)
    with pytest.raises(TooFewSeats) as refusal:
        change_capacity(session=session, capacity=2, now=timezone.now(), by=UserFactory())
    assert refusal.value.taken == 3
    change_capacity(session=session, capacity=3, now=timezone.now(), by=UserFactory())
    session.refresh_from_db()
    assert session.capacity == 3


def test_each_meeting_that_is_with_another_host_is_named() -> None:
    """A cycle has a host for each meeting: the mail says of which meetings it changed, and who it was and is."""
    session = SessionFactory(meetings=2)
    hosts = [OrganisationFactory(name_fr=f"Maison {name}") for name in ("Aube", "Bruyère", "Cèdre", "Dune")]
    first, second = session.meetings.order_by("starts_at")
    for meeting, host in ((first, hosts[0]), (second, hosts[1])):
        Meeting.objects.filter(pk=meeting.pk).update(host=host)
    somebody = EnrolmentFactory(session=Session.objects.get(pk=session.pk), announced=True)
    for meeting, host in ((first, hosts[2]), (second, hosts[3])):
        Meeting.objects.filter(pk=meeting.pk).update(host=host)
    assert notify_of_change(session=session, now=timezone.now(), by=UserFactory()) == 1
    lines = [line for line in latest_mail(somebody).text.splitlines() if line.strip().startswith(("- Lieu", "Lieu"))]
    assert len(lines) == 2, latest_mail(somebody).text
    for meeting, old, new, line in ((first, "Aube", "Cèdre", lines[0]), (second, "Bruyère", "Dune", lines[1])):
        assert all(words in line for words in (written(timezone.localtime(meeting.starts_at), HOUR), f"Maison {old}", f"Maison {new}"))


def test_more_seats_confirm_nobody_where_a_coordinator_gives_them() -> None:
    session = SessionFactory(capacity=0, freed_seats=FreedSeats.BY_HAND)
    waiting = EnrolmentFactory(session=session, is_waiting=True)
    change_capacity(session=session, capacity=4, now=timezone.now(), by=UserFactory())
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_a_change_of_dates_reaches_everybody_and_replaces_the_calendar_of_who_has_a_seat() -> None:
    session = SessionFactory(delivery="hybrid", online_url="https://meet.example.org/secret")
    confirmed = EnrolmentFactory(session=session, announced=True)
    waiting = EnrolmentFactory(session=session, is_waiting=True, announced=True)
    meeting = session.meetings.get()
    old = timezone.localtime(meeting.starts_at)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + WEEK, ends_at=meeting.ends_at + WEEK)
    gone = EnrolmentFactory(session=session, is_cancelled=True)
    assert notify_of_change(session=session, now=timezone.now(), by=UserFactory()) == 2
    assert kinds_to(confirmed.participant.email) == kinds_to(waiting.participant.email) == ["session_changed"]
    assert kinds_to(gone.participant.email) == []
    assert b"SEQUENCE:1" in files_of(latest_mail(confirmed))["smes.ics"]
    assert "meet.example.org" in latest_mail(confirmed).text
    assert latest_mail(confirmed).subject.startswith("Nouvelles dates"), "the subject says what changed"
    for mail in (latest_mail(confirmed), latest_mail(waiting)):
        assert written(old, HOUR) in mail.text.split(" devient")[0], "what it was stands beside what it is"
    to_waiting = latest_mail(waiting)
    assert files_of(to_waiting) == {}
    assert "1" in to_waiting.text.partition("liste d’attente")[0].splitlines()[-1]
    assert "meet.example.org" not in to_waiting.text + to_waiting.html, "the link is for who has a seat"


@pytest.mark.parametrize("delivery", ["hybrid", "online"])
def test_a_new_link_is_named_in_the_subject_and_goes_to_who_has_a_seat(delivery: str) -> None:
    session = SessionFactory(delivery=delivery, online_url="https://meet.example.org/old")
    confirmed, waiting = (EnrolmentFactory(session=session, is_waiting=each, announced=True) for each in (False, True))
    Session.objects.filter(pk=session.pk).update(online_url="https://meet.example.org/new")
    notify_of_change(session=session, now=timezone.now(), by=UserFactory())
    for mail in (latest_mail(confirmed), latest_mail(waiting)):
        assert mail.subject.startswith("Nouveau lien de connexion")
        assert "meet.example.org/old" not in mail.text
        assert "Lien de connexion\N{NO-BREAK SPACE}: il est nouveau" in mail.text
    assert "meet.example.org/new" in latest_mail(confirmed).text
    to_waiting = latest_mail(waiting)
    assert "meet.example.org" not in to_waiting.text + to_waiting.html, "the link is for who has a seat"


def test_online_instead_of_a_room_is_a_new_place() -> None:
    session = SessionFactory(delivery="on_site")
    waiting = EnrolmentFactory(session=session, is_waiting=True, announced=True)
    Session.objects.filter(pk=session.pk).update(delivery="online", online_url="https://meet.example.org/new")
    notify_of_change(session=session, now=timezone.now(), by=UserFactory())
    mail = latest_mail(waiting)
    assert mail.subject.startswith("Nouveau lieu")
    assert session.venue.name in mail.text, "what it was"
    assert "devient en ligne" in mail.text
    assert "meet.example.org" not in mail.text + mail.html


def test_a_cancelled_session_offers_the_other_dates_and_to_be_told_of_new_ones() -> None:
    session, other = SessionFactory(), None
    other = SessionFactory(module=session.module)
    over = SessionFactory(module=session.module, status=SessionStatus.CLOSED)
    who = EnrolmentFactory(session=session)
    cancel_session(session=session, message="", now=timezone.now(), by=UserFactory())
    mail = latest_mail(who)
    for part in (mail.text, mail.html):
        assert f"/{other.reference}/" in part
        assert over.reference not in part
        assert session.reference not in part
        assert f"/{session.module.number}/" in part, "the way to be told"


def test_a_cancelled_session_in_house_offers_nothing_to_others() -> None:
    session = SessionFactory(kind=SessionKind.IN_HOUSE_TRAINING)
    other = SessionFactory(module=session.module)
    who = EnrolmentFactory(session=session)
    cancel_session(session=session, message="", now=timezone.now(), by=UserFactory())
    assert other.reference not in latest_mail(who).text


def test_a_copy_is_a_draft_with_the_same_rhythm_and_nobody_in_it() -> None:
    winter = timezone.make_aware(datetime.datetime(2026, 3, 17, 9, 30))
    session = SessionFactory(meetings=0, capacity=9, internal_note="bring tea")
    for days in (0, 14):  # the second after summer time began
        start = timezone.make_aware(datetime.datetime(2026, 3, 17, 9, 30) + datetime.timedelta(days=days))
        MeetingFactory(session=session, starts_at=start, ends_at=start + datetime.timedelta(hours=3))
    session.trainers.add(TrainerFactory())
    EnrolmentFactory(session=session)
    assert winter == session.meetings.first().starts_at

    copy = duplicate_session(session=session, first_day=datetime.date(2026, 10, 20))

    assert (copy.status, copy.capacity, copy.internal_note, copy.module) == (SessionStatus.DRAFT, 9, "bring tea", session.module)
    assert copy.reference != session.reference
    assert list(copy.trainers.all()) == list(session.trainers.all())
    assert not copy.enrolments.exists()
    begins = [timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M") for meeting in copy.meetings.order_by("starts_at")]
    assert begins == ["2026-10-20 09:30", "2026-11-03 09:30"], "same hour on the clock on both sides of winter time"


def test_asking_to_hear_of_a_date_is_confirmed_by_mail_and_asked_again_is_the_same() -> None:
    module, now = ModuleFactory(), timezone.now()
    first = register_interest(module=module, email="Someone@Example.org", language="nl", now=now)
    again = register_interest(module=module, email="someone@example.org", language="fr", now=now)
    assert first.pk == again.pk
    assert kinds_to("someone@example.org") == ["interest_confirm"], "not twice within the hour"
    [mail] = mails_to("someone@example.org")
    assert mail.language == "nl"
    assert sum(first.token in link for link in links_in(mail.text)) == 2, "one link confirms, one withdraws"
    assert first.confirmed_at is None

    confirmed = confirm_interest(interest=first, now=now)
    later = confirm_interest(interest=first, now=now + datetime.timedelta(days=1))
    assert confirmed.confirmed_at == later.confirmed_at == now

    withdraw_interest(interest=first)
    withdraw_interest(interest=first)
    assert not Interest.objects.exists()


def test_who_was_told_may_ask_again_for_the_next_date() -> None:
    told = InterestFactory(notified_at=timezone.now())
    again = register_interest(module=told.module, email=told.email, language="fr", now=timezone.now())
    assert again.pk != told.pk
